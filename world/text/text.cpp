#include "world/text/text.hpp"

#include "world/container.hpp"

#include <algorithm>
#include <limits>

namespace gyre::world {

namespace {

/// Adds without wrapping round: a text past its limits stays past them.
std::uint32_t add_sizes(std::uint32_t left, std::size_t right) {
    constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max();
    return static_cast<std::uint32_t>(std::min(most, left + std::min(right, most)));
}

std::size_t size_of(const Value& value) {
    if (value.tag() == Value::Tag::text) return 1U + value.text().size;
    if (value.tag() == Value::Tag::container) return 1U + value.container().size();
    return 1;
}

}  // namespace

void Text::measure() {
    size = 0;
    depth = 1;
    const auto add_inner = [this](const Text& inner) {
        const int deeper = inner.depth + 1;
        depth = std::max(depth, static_cast<std::uint16_t>(std::min<int>(deeper, max_depth + 1)));
    };
    for (const Piece& piece : pieces) {
        size = add_sizes(size, 1);
        for (const Argument& argument : piece.arguments) {
            size = add_sizes(size, size_of(argument.value));
            if (argument.value.tag() == Value::Tag::text) add_inner(argument.value.text());
        }
        for (const Ref<Text>& part : piece.parts) {
            size = add_sizes(size, 1U + part->size);
            add_inner(*part);
        }
    }
}

Ref<Text> Text::of_data(std::string_view data) {
    Ref<Text> made = make_ref<Text>();
    if (!data.empty()) {
        Piece& piece = made->pieces.emplace_back();
        piece.data = data;
    }
    made->measure();
    return made;
}

Ref<Text> Text::of_template(const text::Template& words, std::vector<Argument> arguments) {
    Ref<Text> made = make_ref<Text>();
    Piece& piece = made->pieces.emplace_back();
    piece.kind = Piece::Kind::words;
    piece.words = &words;
    piece.arguments = std::move(arguments);
    made->measure();
    return made;
}

Ref<Text> Text::join(const Text& left, const Text& right) {
    Ref<Text> made = make_ref<Text>();
    made->pieces.reserve(left.pieces.size() + right.pieces.size());
    made->pieces = left.pieces;
    auto next = right.pieces.begin();
    // Data joins data, so that text gathered in a loop stays one piece.
    const bool meets = !made->pieces.empty() && next != right.pieces.end() &&
                       made->pieces.back().kind == Piece::Kind::data && next->kind == Piece::Kind::data;
    if (meets) made->pieces.back().data += (next++)->data;
    made->pieces.insert(made->pieces.end(), next, right.pieces.end());
    made->measure();
    return made;
}

}  // namespace gyre::world
