// One walk over the instructions for one observer, straight into the tree: a line such as `{who} {who:says},
// "{text}"` takes one call into the world and no memory but the tree's own.

#include "world/text/resolver.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gyre::world::text {

namespace {

/// Pieces, instructions and list entries in one tree: texts that hold each other twice at every level would
/// never end.
constexpr std::size_t max_work = 200'000;

}  // namespace

bool Resolver::run(const Text& text) {
    if (depth_ == Text::max_depth)
        return fail(fmt::format("more than {} texts inside each other", Text::max_depth));
    ++depth_;
    const bool went_well = std::all_of(text.pieces.begin(), text.pieces.end(),
                                       [this](const Text::Piece& each) { return piece(each); });
    --depth_;
    return went_well;
}

bool Resolver::piece(const Text::Piece& piece) {
    if (!charge(1)) return false;
    switch (piece.kind) {
        case Text::Piece::Kind::words:
            return run_template(piece);
        case Text::Piece::Kind::data:
            writer_.data(piece.data, TreeWriter::Counts::as_sentence);
            return true;
        case Text::Piece::Kind::title:
            return title(piece);
        case Text::Piece::Kind::list:
        case Text::Piece::Kind::lines:
            return list(piece);
        case Text::Piece::Kind::table:
            return table(piece);
    }
    return true;
}

bool Resolver::title(const Text::Piece& piece) {
    constexpr auto style = static_cast<std::uint16_t>(Style::title);
    writer_.begin_block();
    writer_.open(Mark::Kind::style_on, style);
    const bool went_well = std::all_of(piece.parts.begin(), piece.parts.end(),
                                       [this](const Ref<Text>& part) { return run(*part); });
    writer_.close(Mark::Kind::style_off, style);
    writer_.end_block();
    return went_well;
}

bool Resolver::list(const Text::Piece& piece) {
    const bool with_marks = piece.kind == Text::Piece::Kind::list && !writer_.in_cell();
    for (const Ref<Text>& part : piece.parts) {
        writer_.begin_block();
        if (with_marks) writer_.open(Mark::Kind::item_on);
        if (!run(*part)) return false;
        if (with_marks) writer_.close(Mark::Kind::item_off);
        writer_.end_block();
    }
    return true;
}

bool Resolver::table(const Text::Piece& piece) {
    if (writer_.in_cell()) return list(piece);  // A table in a table is a list of its cells.
    const std::size_t columns = std::max<std::size_t>(piece.columns, 1);
    writer_.begin_block();
    writer_.open(Mark::Kind::table_on);
    for (std::size_t first = 0; first < piece.parts.size(); first += columns) {
        const bool is_heads = first == 0 && piece.has_heads;
        writer_.begin_block();
        writer_.open(is_heads ? Mark::Kind::heads_on : Mark::Kind::row_on);
        for (std::size_t index = first; index < std::min(first + columns, piece.parts.size()); ++index) {
            if (index != first) writer_.words("  ", SentenceEffect());  // For readers without layout.
            if (!cell(*piece.parts[index])) return false;
        }
        writer_.close(is_heads ? Mark::Kind::heads_off : Mark::Kind::row_off);
    }
    writer_.close(Mark::Kind::table_off);
    writer_.end_block();
    return true;
}

bool Resolver::cell(const Text& text) {
    writer_.begin_cell();
    const bool went_well = run(text);
    writer_.end_cell();
    return went_well;
}

bool Resolver::charge(std::size_t work) {
    work_ += work;
    return work_ <= max_work || fail(fmt::format("the text has more than {} parts", max_work));
}

bool Resolver::fail(std::string message) {
    if (error_.empty()) error_ = std::move(message);
    return false;
}

}  // namespace gyre::world::text
