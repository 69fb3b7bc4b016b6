// One property a line and one entry a line where they are long, so that a change of one shows as a change of
// one line. Sources and longer words stand in long brackets as they are; a string with a byte that an editor
// or git could lose is written in escapes.

#include "engine/base/ascii.hpp"
#include "engine/base/utf8.hpp"
#include "world/object_file.hpp"
#include "world/text/text.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cmath>

namespace gyre::world {

namespace {

using Kind = FileValue::Kind;

constexpr std::size_t widest = 100;  // Columns of a line that is not broken.

bool is_name(std::string_view word) {
    constexpr std::array<std::string_view, 22> reserved{
        "and", "break", "do",  "else", "elseif", "end",    "false",  "for",  "function", "goto",  "if",
        "in",  "local", "nil", "not",  "or",     "repeat", "return", "then", "true",     "until", "while"};
    const auto belongs = [](char c) { return ascii::is_letter_or_digit(c) || c == '_'; };
    return !word.empty() && !ascii::is_digit(word.front()) && std::ranges::all_of(word, belongs) &&
           std::ranges::find(reserved, word) == reserved.end();
}

/// A character that commands terminals and editors.
bool is_control(const utf8::Decoded& next) {
    return !next.valid || next.code < ' ' || (next.code >= 0x7F && next.code < 0xA0);
}

/// Whether it can stand in long brackets: nothing gets lost there, and nothing commands a terminal.
bool fits_brackets(std::string_view words) {
    for (std::size_t at = 0; at < words.size();) {
        const utf8::Decoded next = utf8::decode(words, at);
        const bool is_space = words[at] == '\n' || words[at] == '\t';
        if (is_control(next) && !is_space) return false;
        at += next.bytes;
    }
    return true;
}

std::string in_brackets(std::string_view words, std::size_t level) {
    std::string close;
    for (;; ++level) {
        close = ']' + std::string(level, '=') + ']';
        // It must not end earlier, with a part of what it closes.
        if ((std::string{words} + close).find(close) == words.size()) break;
    }
    std::string written = '[' + std::string(level, '=') + '[';
    if (words.find('\n') != std::string_view::npos) written += '\n';
    return (written += words) + close;
}

void append_escaped(std::string& out, std::string_view bytes) {
    for (const char byte : bytes) out += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
}

std::string in_quotes(std::string_view words) {
    constexpr std::string_view letters = "\"\\\n\t\r";
    constexpr std::string_view escapes = "\"\\ntr";
    std::string written = "\"";
    for (std::size_t at = 0; at < words.size();) {
        const utf8::Decoded next = utf8::decode(words, at);
        const std::string_view bytes = words.substr(at, next.bytes);
        at += next.bytes;
        const std::size_t escape = letters.find(bytes.front());
        if (escape != std::string_view::npos) {
            written += {'\\', escapes[escape]};
        } else if (is_control(next)) {
            append_escaped(written, bytes);
        } else {
            written += bytes;
        }
    }
    return written + '"';
}

/// Words that are data, whatever they look like.
std::string as_data(std::string_view words) {
    const bool looks_like_template = text::looks_like_template(words);
    const bool is_long = words.find('\n') != std::string_view::npos;
    if ((looks_like_template || is_long) && fits_brackets(words)) return in_brackets(words, 1);
    return looks_like_template ? "data(" + in_quotes(words) + ")" : in_quotes(words);
}

/// The literal of a template.
std::string as_words(std::string_view words) {
    const bool is_long = words.find('\n') != std::string_view::npos;
    if (is_long && fits_brackets(words)) {
        std::string written = in_brackets(words, 0);
        if (written.starts_with("[[")) return written;
    }
    return in_quotes(words);
}

std::string as_source(std::string_view source) {
    return fits_brackets(source) ? in_brackets(source, 1) : in_quotes(source);
}

std::string as_number(double number) {
    if (std::isnan(number)) return "0/0";
    if (std::isinf(number)) return number > 0 ? "math.huge" : "-math.huge";
    std::string digits = fmt::format("{}", number);
    if (digits.find_first_of(".e") == std::string::npos) digits += ".0";
    return digits;
}

std::string reference(std::string_view key) { return "object " + in_quotes(key); }

/// Writes one value, broken into lines where it would be too long.
class ValueWriter {
  public:
    enum class Shape : std::uint8_t { broken, flat };
    explicit ValueWriter(Shape shape = Shape::broken) : is_flat_(shape == Shape::flat) {}
    /// `column`: what stands in its line already.
    [[nodiscard]] std::string write(const FileValue& value, std::size_t indent, std::size_t column) const;

  private:
    struct Entry {
        std::string head;  ///< "name = "
        const FileValue* value;
    };
    [[nodiscard]] std::string braces(const std::vector<Entry>& entries, std::size_t indent,
                                     std::size_t column) const;
    [[nodiscard]] std::string braces(const FileValue& value, std::size_t indent, std::size_t column) const;
    [[nodiscard]] static std::string in_one_line(const std::vector<Entry>& entries);
    [[nodiscard]] std::string text(const FileValue& value, std::size_t indent, std::size_t column) const;
    [[nodiscard]] std::string piece(const FileValue& piece, std::size_t indent, std::size_t column) const;
    [[nodiscard]] std::string words(const FileValue& piece, std::size_t indent, std::size_t column) const;
    [[nodiscard]] std::string table(const FileValue& piece, std::size_t indent) const;

    bool is_flat_;
};

std::string ValueWriter::write(const FileValue& value, std::size_t indent, std::size_t column) const {
    switch (value.kind) {
        case Kind::nil:
            return "nil";
        case Kind::boolean:
            return value.boolean ? "true" : "false";
        case Kind::integer:
            return std::to_string(value.integer);
        case Kind::number:
            return as_number(value.number);
        case Kind::string:
            return as_data(value.string);
        case Kind::object:
            return reference(value.string);
        case Kind::player:
            return "player " + in_quotes(value.string);
        case Kind::list:
        case Kind::map:
            return braces(value, indent, column);
        default:
            return text(value, indent, column);
    }
}

std::string ValueWriter::braces(const FileValue& value, std::size_t indent, std::size_t column) const {
    std::vector<Entry> entries;
    if (value.kind == Kind::list || value.kind == Kind::items || value.kind == Kind::lines) {
        for (const FileValue& each : value.parts) entries.push_back({"", &each});
        return braces(entries, indent, column);
    }
    for (std::size_t at = 0; at + 1 < value.parts.size(); at += 2) {
        const FileValue& key = value.parts[at];
        const bool is_word = key.kind == Kind::string;
        std::string head = is_word ? in_quotes(key.string) : write(key, 0, 0);
        head = is_word && is_name(key.string) ? key.string : fmt::format("[{}]", head);
        entries.push_back({head + " = ", &value.parts[at + 1]});
    }
    return braces(entries, indent, column);
}

std::string ValueWriter::braces(const std::vector<Entry>& entries, std::size_t indent,
                                std::size_t column) const {
    std::string flat = in_one_line(entries);
    if (is_flat_ || (column + flat.size() <= widest && flat.find('\n') == std::string::npos)) return flat;
    const std::string margin(indent + 2, ' ');
    std::string broken = "{\n";
    for (const Entry& entry : entries) {
        const std::string head = margin + entry.head;
        broken += head + write(*entry.value, indent + 2, head.size()) + ",\n";
    }
    return broken + std::string(indent, ' ') + '}';
}

/// What is too long for that may end early: it is written otherwise.
std::string ValueWriter::in_one_line(const std::vector<Entry>& entries) {
    const ValueWriter flat{Shape::flat};
    std::string line = "{";
    for (const Entry& entry : entries) {
        if (line.size() > 1) line += ", ";
        line += entry.head + flat.write(*entry.value, 0, 0);
        if (line.size() > widest) break;
    }
    return line + '}';
}

std::string ValueWriter::text(const FileValue& value, std::size_t indent, std::size_t column) const {
    if (value.kind != Kind::text) return piece(value, indent, column);
    if (value.parts.empty()) return "text()";
    std::string joined;
    for (const FileValue& each : value.parts) {
        if (!joined.empty()) joined += " .. ";
        const std::size_t line = joined.rfind('\n');
        const std::size_t used = line == std::string::npos ? column + joined.size() : joined.size() - line;
        joined += piece(each, indent, used);
    }
    return joined;
}

std::string ValueWriter::piece(const FileValue& piece, std::size_t indent, std::size_t column) const {
    switch (piece.kind) {
        case Kind::words:
            return words(piece, indent, column);
        case Kind::title:
            return "text.title(" + text(piece.parts.front(), indent, column) + ")";
        case Kind::items:
            return "text.list" + braces(piece, indent, column + 9);
        case Kind::lines:
            return "text.lines" + braces(piece, indent, column + 10);
        case Kind::table:
            return table(piece, indent);
        default:
            return "text(" + as_data(piece.string) + ")";
    }
}

std::string ValueWriter::words(const FileValue& piece, std::size_t indent, std::size_t column) const {
    std::string literal = as_words(piece.string);
    const bool is_shown = text::looks_like_template(piece.string);
    if (is_shown && piece.parts.empty()) return literal;
    std::string written = (is_shown ? "text(" : "text.parse(") + literal;
    if (!piece.parts.empty()) {
        written += ", ";
        written += braces(piece, indent, column + written.size());
    }
    return written + ')';
}

std::string ValueWriter::table(const FileValue& piece, std::size_t indent) const {
    const std::size_t columns = std::max<std::size_t>(piece.columns, 1);
    const auto row = [&](std::size_t from) {
        std::vector<Entry> cells;
        for (std::size_t at = from; at < std::min(from + columns, piece.parts.size()); ++at)
            cells.push_back({"", &piece.parts[at]});
        return braces(cells, indent + 2, indent + 2);
    };
    std::string written = "text.table({\n";
    for (std::size_t from = piece.has_heads ? columns : 0; from < piece.parts.size(); from += columns)
        written += std::string(indent + 2, ' ') + row(from) + ",\n";
    written += std::string(indent, ' ') + '}';
    if (piece.has_heads) written += ", " + row(0);
    return written + ')';
}

std::string join_line(const FileObject::Join& join) {
    std::string line =
        fmt::format("join({}, {}, {}", reference(join.from), in_quotes(join.direction), reference(join.to));
    if (!join.back.empty()) line += ", " + in_quotes(join.back);
    return line + ")\n";
}

void append(std::string& out, const FileObject& object) {
    out += "\nobject " + in_quotes(object.key) + '\n';
    if (!object.inherit.empty()) out += "inherit " + in_quotes(object.inherit) + '\n';
    if (!object.source.empty()) out += "source " + as_source(object.source) + '\n';
    if (object.join) out += join_line(*object.join);
    if (!object.place.empty()) out += "place(" + reference(object.place) + ")\n";
    for (const FileObject::Property& property : object.properties) {
        const std::string head = "property." + property.name + " = ";
        out += head + ValueWriter{}.write(property.value, 0, head.size()) + '\n';
    }
}

}  // namespace

std::string write_object_file(const ObjectFile& file) {
    std::string out =
        "--- Objects of a Gyre world, for `import`. Whose they are is not in it:\n"
        "--- what is new belongs to whoever imports it.\n";
    out += fmt::format("format({})\n", ObjectFile::format);
    for (const FileClass& each : file.classes)
        out += "\nclass " + in_quotes(each.name) + "\nsource " + as_source(each.source) + '\n';
    for (const FileObject& each : file.objects) append(out, each);
    return out;
}

std::string write_file_value(const FileValue& value) { return ValueWriter{}.write(value, 0, 0); }

}  // namespace gyre::world
