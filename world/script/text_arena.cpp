#include "world/script/text_arena.hpp"

#include <algorithm>

namespace gyre::world::script {

namespace {

constexpr std::uint64_t last_serial = (std::uint64_t{1} << 30U) - 1;  // A handle has 62 bits.
constexpr std::size_t kept_entries = 1024;                            // Room that the next call finds.

void append(Text& text, const Text& next) {
    auto piece = next.pieces.begin();
    // Data joins data, so that text gathered in a loop stays one piece.
    const bool meets = !text.pieces.empty() && piece != next.pieces.end() &&
                       text.pieces.back().kind == Text::Piece::Kind::data &&
                       piece->kind == Text::Piece::Kind::data;
    if (meets) text.pieces.back().data += (piece++)->data;
    text.pieces.insert(text.pieces.end(), piece, next.pieces.end());
}

}  // namespace

TextArena::Number TextArena::add(Ref<Text> text) {
    Entry& entry = entries_.emplace_back();
    entry.text = std::move(text);
    measure(entry);
    return number_of(entries_.size() - 1);
}

TextArena::Number TextArena::add_stored(const Ref<Text>& text) {
    const auto known = stored_.find(text.get());
    if (known != stored_.end()) return number_of(known->second);
    stored_.emplace(text.get(), static_cast<std::uint32_t>(entries_.size()));
    return add(text);
}

TextArena::Number TextArena::join(Number left, Number right) {
    Entry joined;
    joined.left = static_cast<std::uint32_t>(left);
    joined.right = static_cast<std::uint32_t>(right);
    joined.pieces = entry(left).pieces + entry(right).pieces;
    joined.joins_deep =
        static_cast<std::uint16_t>(std::max(entry(left).joins_deep, entry(right).joins_deep) + 1);
    joined.bytes = entry(left).bytes + entry(right).bytes;
    entries_.push_back(std::move(joined));
    return number_of(entries_.size() - 1);
}

std::size_t TextArena::bytes_of(const Text& text) {
    std::size_t bytes = sizeof(Text);
    for (const Text::Piece& piece : text.pieces) {
        bytes += sizeof(Text::Piece) + piece.data.size() + piece.arguments.size() * sizeof(Text::Argument) +
                 piece.parts.size() * sizeof(Ref<Text>);
        for (const Text::Argument& argument : piece.arguments) {
            if (argument.value.tag() == Value::Tag::string) bytes += argument.value.string().size();
        }
    }
    return bytes;
}

void TextArena::measure(Entry& entry) {
    entry.pieces = static_cast<std::uint32_t>(std::max<std::size_t>(entry.text->pieces.size(), 1));
    entry.bytes = bytes_of(*entry.text);
    entry.joins_deep = 0;
}

const Ref<Text>& TextArena::text(Number number) {
    const auto index = static_cast<std::uint32_t>(number);
    if (!entries_[index].text) put_together(index);
    return entries_[index].text;
}

void TextArena::put_together(std::uint32_t index) {
    Ref<Text> joined = make_ref<Text>();
    joined->pieces.reserve(entries_[index].pieces);
    std::vector<std::uint32_t> waiting{index};
    while (!waiting.empty()) {
        const Entry& next = entries_[waiting.back()];
        waiting.pop_back();
        if (next.text) {
            append(*joined, *next.text);
        } else {
            waiting.push_back(next.right);
            waiting.push_back(next.left);
        }
    }
    joined->measure();
    Entry& entry = entries_[index];
    entry.text = std::move(joined);
    measure(entry);
}

std::size_t TextArena::held_bytes() const {
    std::size_t bytes = entries_.size() * sizeof(Entry);
    for (const Entry& entry : entries_) bytes += entry.text ? entry.bytes : 0;
    return bytes;
}

void TextArena::clear() {
    if (entries_.empty()) return;
    entries_.clear();
    if (!stored_.empty()) stored_.clear();
    if (entries_.capacity() > kept_entries) entries_.shrink_to_fit();
    serial_ = serial_ == last_serial ? 1 : serial_ + 1;
}

}  // namespace gyre::world::script
