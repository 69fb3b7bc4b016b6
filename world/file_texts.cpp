// Texts of object files: text(...), text.parse, text.title, text.list, text.lines and text.table.

#include "world/file_values.hpp"
#include "world/text/text.hpp"

#include <fmt/format.h>
#include <array>
#include <cstdint>
#include <utility>

namespace gyre::world {

using Kind = FileValue::Kind;

FileValue wrapped(FileValue piece) {
    FileValue text;
    text.kind = Kind::text;
    text.line = piece.line;
    text.parts.push_back(std::move(piece));
    return text;
}

FileValue FileValues::as_text(FileValue value) {
    if (value.kind == Kind::text) return value;
    if (value.kind != Kind::string) tokens_.fail("a text is needed here", value.line);
    value.kind = Kind::data;
    return wrapped(std::move(value));
}

FileValue FileValues::text() {
    tokens_.advance();
    if (!tokens_.take(".")) return words(false);
    constexpr std::array<std::string_view, 5> known{"parse", "title", "list", "lines", "table"};
    const std::string name = tokens_.name("a kind of text");
    if (name == known[0]) return words(true);
    if (name == known[1]) return title();
    if (name == known[2]) return items(Kind::items);
    if (name == known[3]) return items(Kind::lines);
    if (name == known[4]) return text_table();
    tokens_.fail(fmt::format("there is no text.{}: use parse, title, list, lines or table", name));
    return {};
}

/// ("...", {name = value}), or what is in quotes alone. Forced: it is a template, whatever it looks like.
FileValue FileValues::words(bool is_forced) {
    const bool in_brackets = tokens_.take("(");
    FileValue made_text = made(Kind::text);
    if (in_brackets && !is_forced && tokens_.take(")")) return made_text;
    if (!in_brackets && tokens_.now().kind != Token::Kind::string)
        tokens_.fail("words in quotes are needed here (got " + tokens_.described() + ")");
    FileValue inner = in_brackets ? value() : literal();
    const bool is_data = inner.kind == Kind::string;
    if (is_forced && is_data) inner.kind = Kind::words;
    if (is_data) inner = wrapped(std::move(inner));
    if (inner.kind != Kind::text) tokens_.fail("words in quotes are needed here", inner.line);
    if (tokens_.failed()) return made_text;
    FileValue& first = inner.parts.front();
    if (is_data && !is_forced) first.kind = Kind::data;
    if (in_brackets && tokens_.take(",")) {
        const bool takes_some = inner.parts.size() == 1 && first.kind == Kind::words && first.parts.empty();
        if (!takes_some) tokens_.fail("only one template takes arguments", first.line);
        first.parts = template_arguments();
    }
    if (in_brackets) tokens_.expect(")");
    return inner;
}

/// {name = value}: names and values by turns.
std::vector<FileValue> FileValues::template_arguments() {
    FileValue arguments = value();
    const bool are_named = arguments.kind == Kind::map || arguments.parts.empty();
    if (!are_named) tokens_.fail("the arguments of a template have names", arguments.line);
    for (std::size_t at = 0; at < arguments.parts.size(); at += 2) {
        if (arguments.parts[at].kind != Kind::string)
            tokens_.fail("the arguments of a template have names", arguments.parts[at].line);
    }
    return std::move(arguments.parts);
}

FileValue FileValues::title() {
    FileValue piece = made(Kind::title);
    tokens_.expect("(");
    piece.parts.push_back(as_text(value()));
    tokens_.expect(")");
    return wrapped(std::move(piece));
}

FileValue FileValues::items(Kind kind) {
    FileValue piece = made(kind);
    const bool in_brackets = tokens_.take("(");
    // What is joined to the list is no part of it.
    FileValue entries = in_brackets ? value() : table();
    if (in_brackets) tokens_.expect(")");
    if (entries.kind != Kind::list) tokens_.fail("a list of texts is needed here", entries.line);
    for (FileValue& each : entries.parts) piece.parts.push_back(as_text(std::move(each)));
    return wrapped(std::move(piece));
}

void FileValues::row(FileValue& table) {
    FileValue cells = value();
    if (cells.kind != Kind::list || cells.parts.empty() || cells.parts.size() > UINT16_MAX) {
        tokens_.fail("the rows of a table are lists of texts", cells.line);
        return;
    }
    if (table.columns != 0 && cells.parts.size() != table.columns)
        tokens_.fail("all rows of a table have as many cells", cells.line);
    table.columns = static_cast<std::uint16_t>(cells.parts.size());
    for (FileValue& each : cells.parts) table.parts.push_back(as_text(std::move(each)));
}

FileValue FileValues::text_table() {
    FileValue piece = made(Kind::table);
    tokens_.expect("(");
    tokens_.expect("{");
    while (!tokens_.failed() && !tokens_.now().is("}")) {
        row(piece);
        if (!tokens_.take(",")) break;
    }
    tokens_.expect("}");
    if (tokens_.take(",")) {
        FileValue heads = made(Kind::table);
        heads.columns = piece.columns;
        row(heads);
        piece.has_heads = true;
        piece.columns = heads.columns;
        piece.parts.insert(piece.parts.begin(), std::make_move_iterator(heads.parts.begin()),
                           std::make_move_iterator(heads.parts.end()));
    }
    tokens_.expect(")");
    if (piece.parts.empty()) tokens_.fail("a table has a row", piece.line);
    return wrapped(std::move(piece));
}

}  // namespace gyre::world
