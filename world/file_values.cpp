// Values are the literals of Lua and a few constructors of LUA.md section 3; `..` joins texts.

#include "world/file_values.hpp"

#include "engine/base/ascii.hpp"
#include "engine/base/nearest.hpp"
#include "world/text/text.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <set>
#include <tuple>
#include <utility>

namespace gyre::world {

namespace {

using Kind = FileValue::Kind;

/// A number as Lua writes it, `sign` in front; false if it is none.
bool read_number(std::string_view digits, bool is_negative, FileValue& into) {
    const bool is_hexadecimal = digits.starts_with("0x") || digits.starts_with("0X");
    const char* const end = digits.data() + digits.size();
    const std::string_view magnitude = is_hexadecimal ? digits.substr(2) : digits;
    std::uint64_t whole = 0;
    const auto integer = std::from_chars(magnitude.data(), end, whole, is_hexadecimal ? 16 : 10);
    constexpr std::uint64_t most = std::uint64_t{1} << 63U;
    if (integer.ec == std::errc{} && integer.ptr == end && whole < most + (is_negative ? 1U : 0U)) {
        into.kind = Kind::integer;
        into.integer = static_cast<std::int64_t>(is_negative ? 0 - whole : whole);
        return true;
    }
    into.kind = Kind::number;
    const auto format = is_hexadecimal ? std::chars_format::hex : std::chars_format::general;
    const auto number = std::from_chars(magnitude.data(), end, into.number, format);
    if (is_negative) into.number = -into.number;
    return number.ec == std::errc{} && number.ptr == end;
}

}  // namespace

std::string fault_of_key(std::string_view key) {
    const auto belongs = [](char c) { return ascii::is_small(c) || ascii::is_digit(c) || c == '_'; };
    if (key.starts_with('@')) {
        if (is_export_id(key.substr(1))) return {};
        return fmt::format("\"{}\" is no export id: {} small letters and digits follow the @", key,
                           export_id_size);
    }
    const bool is_name =
        !key.empty() && key.front() >= 'a' && key.front() <= 'z' && std::ranges::all_of(key, belongs);
    if (is_name) return {};
    return fmt::format("\"{}\" is neither an export id nor the fixed name of an object", key);
}

FileValue FileValues::made(Kind kind) {
    FileValue value;
    value.kind = kind;
    value.line = tokens_.now().line;
    if (++count_ > ObjectFile::max_values)
        tokens_.fail(fmt::format("a file holds at most {} values", ObjectFile::max_values));
    return value;
}

FileValue FileValues::value() {
    if (++depth_ > ObjectFile::max_depth)
        tokens_.fail(fmt::format("values are nested more than {} deep", ObjectFile::max_depth));
    FileValue left = operand();
    while (!tokens_.failed() && tokens_.take("..")) {
        left = as_text(std::move(left));
        FileValue right = as_text(operand());
        left.parts.insert(left.parts.end(), std::make_move_iterator(right.parts.begin()),
                          std::make_move_iterator(right.parts.end()));
    }
    --depth_;
    return left;
}

FileValue FileValues::operand() {
    if (tokens_.failed()) return {};
    switch (tokens_.now().kind) {
        case Token::Kind::string:
            return literal();
        case Token::Kind::number:
            return number();
        case Token::Kind::name:
            return word();
        case Token::Kind::symbol:
            if (tokens_.now().is("{")) return table();
            if (tokens_.now().is("-")) return number();
            if (tokens_.take("(")) {
                FileValue inside = value();
                tokens_.expect(")");
                return inside;
            }
            break;
        case Token::Kind::comment:
        case Token::Kind::end:
            break;
    }
    tokens_.fail("a value is needed here (got " + tokens_.described() + ")");
    return {};
}

FileValue FileValues::number() {
    FileValue made_number = made(Kind::number);
    const bool is_negative = tokens_.take("-");
    if (tokens_.take("math")) {
        tokens_.expect(".");
        tokens_.expect("huge");
        constexpr double infinity = std::numeric_limits<double>::infinity();
        made_number.number = is_negative ? -infinity : infinity;
        return made_number;
    }
    const std::string digits{tokens_.now().source};
    if (tokens_.now().kind != Token::Kind::number || !read_number(digits, is_negative, made_number))
        tokens_.fail(tokens_.described() + " is no number");
    tokens_.advance();
    if (digits != "0" || !tokens_.take("/")) return made_number;
    if (tokens_.now().source != "0") tokens_.fail("only 0/0 may be divided: this is data, no code");
    tokens_.advance();
    made_number.kind = Kind::number;
    made_number.number = std::numeric_limits<double>::quiet_NaN();
    return made_number;
}

FileValue FileValues::word() {
    const std::string_view word = tokens_.now().source;
    if (word == "object") return object();
    if (word == "player") return player();
    if (word == "data") return data();
    if (word == "text") return text();
    if (word == "math") return number();
    FileValue value = made(word == "nil" ? Kind::nil : Kind::boolean);
    value.boolean = word == "true";
    if (word != "nil" && word != "true" && word != "false") {
        constexpr std::array<std::string_view, 8> known{"nil",    "true", "false", "object",
                                                        "player", "data", "text",  "math"};
        const std::string_view near = nearest(word, known);
        const bool is_near = edit_distance(word, near) <= 2;
        tokens_.fail(
            fmt::format("'{}' is no value{}", word,
                        is_near ? fmt::format(" (did you mean '{}'?)", near) : ": this is data, no code"));
    }
    tokens_.advance();
    return value;
}

/// LUA.md section 4: what looks like a template is one, but in [=[ ]=].
FileValue FileValues::literal() {
    const bool is_raw = tokens_.now().raw;
    FileValue value = made(Kind::string);
    value.string = tokens_.string("words");
    if (is_raw || !text::looks_like_template(value.string)) return value;
    value.kind = Kind::words;
    return wrapped(std::move(value));
}

// --- Tables

FileValue FileValues::table() {
    FileValue made_table = made(Kind::list);
    tokens_.expect("{");
    bool has_keys = false;
    bool has_entries = false;
    while (!tokens_.failed() && !tokens_.now().is("}")) {
        entry(made_table, has_keys, has_entries);
        if (!tokens_.take(",") && !tokens_.take(";")) break;
    }
    tokens_.expect("}");
    if (has_keys && has_entries) tokens_.fail("a table is a list or a map: use two tables", made_table.line);
    if (has_keys) made_table.kind = Kind::map;
    if (has_keys && !tokens_.failed()) check_keys(made_table);
    return made_table;
}

void FileValues::check_keys(const FileValue& map) {
    std::set<std::tuple<Kind, std::int64_t, std::string_view>> known;
    for (std::size_t at = 0; at < map.parts.size(); at += 2) {
        const FileValue& key = map.parts[at];
        if (!known.insert({key.kind, key.integer, key.string}).second)
            tokens_.fail("this key is there twice", key.line);
    }
}

void FileValues::entry(FileValue& table, bool& has_keys, bool& has_entries) {
    const bool is_named = tokens_.now().kind == Token::Kind::name && tokens_.ahead().is("=");
    if (is_named || tokens_.now().is("[")) {
        has_keys = true;
        FileValue name = key();
        tokens_.expect("=");
        table.parts.push_back(std::move(name));
    } else {
        has_entries = true;
    }
    FileValue entry = value();
    if (entry.kind == Kind::nil) tokens_.fail("a table holds no nil: leave it out", entry.line);
    table.parts.push_back(std::move(entry));
}

FileValue FileValues::key() {
    FileValue name = made(Kind::string);
    if (tokens_.now().kind == Token::Kind::name) {
        name.string = tokens_.name("a key");
        return name;
    }
    tokens_.expect("[");
    if (tokens_.now().kind == Token::Kind::string) {
        name.string = tokens_.string("a key");
    } else {
        name = value();
        if (name.kind != Kind::integer && name.kind != Kind::object)
            tokens_.fail("the key of a map is a string, an integer or an object", name.line);
    }
    tokens_.expect("]");
    return name;
}

// --- What is named

FileValue FileValues::object() {
    FileValue value = made(Kind::object);
    tokens_.advance();
    const bool in_brackets = tokens_.take("(");
    value.string = tokens_.string("the export id or the fixed name of an object");
    if (std::string fault = fault_of_key(value.string); !fault.empty()) tokens_.fail(fault, value.line);
    if (in_brackets) tokens_.expect(")");
    return value;
}

std::string FileValues::reference() {
    const FileValue named = value();
    if (named.kind != Kind::object)
        tokens_.fail("an object is needed here, such as object \"square\"", named.line);
    return named.string;
}

FileValue FileValues::player() {
    FileValue value = made(Kind::player);
    tokens_.advance();
    const bool in_brackets = tokens_.take("(");
    value.string = tokens_.string("the name of a player");
    if (in_brackets) tokens_.expect(")");
    return value;
}

FileValue FileValues::data() {
    FileValue value = made(Kind::string);
    tokens_.advance();
    const bool in_brackets = tokens_.take("(");
    value.string = tokens_.string("words");
    if (in_brackets) tokens_.expect(")");
    return value;
}

}  // namespace gyre::world
