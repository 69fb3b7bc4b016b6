#include "world/text/sentence.hpp"

#include "engine/base/utf8.hpp"

namespace gyre::world::text {

namespace {

enum class Sign : std::uint8_t { word, space, stop, quote, opener, closer };

Sign sign_of(char32_t code) {
    switch (code) {
        case U' ':
        case U'\u00A0':
            return Sign::space;
        case U'.':
        case U'!':
        case U'?':
        case U'\u2026':
            return Sign::stop;
        case U'"':
        case U'\'':
            return Sign::quote;
        case U'(':
        case U'[':
        case U'\u2018':
        case U'\u201C':
        case U'\u00AB':
        case U'\u00BF':
        case U'\u00A1':
            return Sign::opener;
        case U')':
        case U']':
        case U'\u2019':
        case U'\u201D':
        case U'\u00BB':
            return Sign::closer;
        default:
            return Sign::word;
    }
}

Position step(Position before, Sign sign) {
    switch (sign) {
        case Sign::word:
            return Position::middle;
        case Sign::stop:
            return Position::stopped;
        case Sign::space:
            return before == Position::middle ? Position::middle : Position::start;
        case Sign::quote:
            return before;
        case Sign::opener:
            return before == Position::start ? Position::start : Position::middle;
        case Sign::closer:
            return before == Position::stopped ? Position::stopped : Position::middle;
    }
    return Position::middle;
}

}  // namespace

SentenceEffect::SentenceEffect(std::string_view words) {
    for (std::size_t index = 0; index < after_.size(); ++index) {
        Position position = after_[index];
        for (std::size_t at = 0; at < words.size();) {
            const utf8::Decoded next = utf8::decode(words, at);
            const Position later = step(position, sign_of(next.code));
            if (position == Position::stopped && later == Position::start) ended_[index] = true;
            position = later;
            at += next.bytes;
        }
        after_[index] = position;
    }
}

Position position_after(std::string_view data, Position before) {
    // Behind the last letter the position is known whatever came before it.
    std::size_t tail = data.size();
    while (tail > 0) {
        const auto byte = static_cast<std::uint8_t>(data[tail - 1]);
        if (byte < 0x80 && sign_of(byte) == Sign::word) break;
        if (byte >= 0xC0 && byte != 0xC2 && byte != 0xE2) {  // All signs beyond ASCII begin with these two.
            tail += utf8::decode(data, tail - 1).bytes - 1U;
            break;
        }
        --tail;
    }
    Position position = tail > 0 ? Position::middle : before;
    while (tail < data.size()) {
        const utf8::Decoded next = utf8::decode(data, tail);
        position = step(position, sign_of(next.code));
        tail += next.bytes;
    }
    return position;
}

}  // namespace gyre::world::text
