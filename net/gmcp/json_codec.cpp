// A reader of our own: what GMCP clients send are a few words in a few hundred bytes, read once and dropped.
// A library's document would cost ten times the compile time of everything in this folder.

#include "net/gmcp/json_codec.hpp"

#include "engine/base/ascii.hpp"
#include "engine/base/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gyre::net {
namespace {

/// Recursive descent over one text; each function takes what it reads from the front.
class Reader {
  public:
    explicit Reader(std::string_view text) : rest_(text) {}

    bool read(Json& value, unsigned depth) {
        skip_space();
        if (rest_.empty() || depth > Json::max_depth || ++values_ > Json::max_values) return false;
        switch (rest_.front()) {
            case '{':
                return read_object(value, depth);
            case '[':
                return read_array(value, depth);
            case '"':
                value.kind = Json::Kind::string;
                return read_string(value.text);
            case 't':
                return read_word(value, Json::Kind::boolean, "true");
            case 'f':
                return read_word(value, Json::Kind::boolean, "false");
            case 'n':
                return read_word(value, Json::Kind::null, "null");
            default:
                return read_number(value);
        }
    }
    bool at_end() {
        skip_space();
        return rest_.empty();
    }

  private:
    void skip_space() {
        const auto first = rest_.find_first_not_of(" \t\r\n");
        rest_.remove_prefix(std::min(first, rest_.size()));
    }
    bool take(char byte) {
        if (rest_.empty() || rest_.front() != byte) return false;
        rest_.remove_prefix(1);
        return true;
    }
    bool read_word(Json& value, Json::Kind kind, std::string_view word) {
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        value.kind = kind;
        value.text = word;
        return true;
    }
    bool read_object(Json& value, unsigned depth) {
        value.kind = Json::Kind::object;
        rest_.remove_prefix(1);
        skip_space();
        if (take('}')) return true;
        do {
            skip_space();
            if (!read_string(value.names.emplace_back())) return false;
            skip_space();
            if (!take(':') || !read(value.items.emplace_back(), depth + 1)) return false;
            skip_space();
        } while (take(','));
        return take('}');
    }
    bool read_array(Json& value, unsigned depth) {
        value.kind = Json::Kind::array;
        rest_.remove_prefix(1);
        skip_space();
        if (take(']')) return true;
        do {
            if (!read(value.items.emplace_back(), depth + 1)) return false;
            skip_space();
        } while (take(','));
        return take(']');
    }
    std::size_t count_digits(std::size_t at) const {
        std::size_t end = at;
        while (end < rest_.size() && ascii::is_digit(rest_[end])) ++end;
        return end - at;
    }
    bool read_number(Json& value) {
        std::size_t size = rest_.front() == '-' ? 1 : 0;
        const std::size_t whole = count_digits(size);
        if (whole == 0 || (whole > 1 && rest_[size] == '0')) return false;
        size += whole;
        if (size < rest_.size() && rest_[size] == '.') {
            const std::size_t digits = count_digits(size + 1);
            if (digits == 0) return false;
            size += 1 + digits;
        }
        if (size < rest_.size() && (rest_[size] == 'e' || rest_[size] == 'E')) {
            ++size;
            if (size < rest_.size() && (rest_[size] == '+' || rest_[size] == '-')) ++size;
            const std::size_t digits = count_digits(size);
            if (digits == 0) return false;
            size += digits;
        }
        value.kind = Json::Kind::number;
        value.text = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return true;
    }
    bool read_string(std::string& text) {
        if (!take('"')) return false;
        while (!rest_.empty()) {
            const char byte = rest_.front();
            rest_.remove_prefix(1);
            if (byte == '"') return true;
            if (static_cast<unsigned char>(byte) < ' ') return false;
            if (byte != '\\') {
                text.push_back(byte);
            } else if (!read_escape(text)) {
                return false;
            }
        }
        return false;
    }
    bool read_escape(std::string& text) {
        static constexpr std::string_view escapes = "\"\\/bfnrt";
        static constexpr std::string_view meant = "\"\\/\b\f\n\r\t";
        if (rest_.empty()) return false;
        const char byte = rest_.front();
        rest_.remove_prefix(1);
        if (byte == 'u') return read_code_point(text);
        const auto at = escapes.find(byte);
        if (at == std::string_view::npos) return false;
        text.push_back(meant[at]);
        return true;
    }
    /// Above U+FFFF two halves stand for one (RFC 8259 §7).
    bool read_code_point(std::string& text) {
        char32_t code = 0;
        if (!read_hex(code) || (code >= 0xDC00 && code <= 0xDFFF)) return false;
        if (code >= 0xD800 && code <= 0xDBFF) {
            char32_t low = 0;
            if (!take('\\') || !take('u') || !read_hex(low) || low < 0xDC00 || low > 0xDFFF) return false;
            code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
        }
        utf8::append(text, code);
        return true;
    }
    bool read_hex(char32_t& code) {
        if (rest_.size() < 4) return false;
        for (const char byte : rest_.substr(0, 4)) {
            const char small = ascii::small(byte);
            const bool is_letter = small >= 'a' && small <= 'f';
            if (!ascii::is_digit(small) && !is_letter) return false;
            code = code * 16 + static_cast<char32_t>(is_letter ? small - 'a' + 10 : small - '0');
        }
        rest_.remove_prefix(4);
        return true;
    }

    std::string_view rest_;
    std::size_t values_ = 0;
};

}  // namespace

std::optional<Json> Json::parse(std::string_view text) {
    Json value;
    Reader reader(text);
    if (!utf8::is_valid(text) || !reader.read(value, 1) || !reader.at_end()) return std::nullopt;
    return value;
}

std::string_view Json::string_at(std::string_view name) const {
    for (std::size_t at = names.size(); at-- > 0;)
        if (names[at] == name) return items[at].kind == Kind::string ? items[at].text : std::string_view{};
    return {};
}

void JsonWriter::separate() {
    if (!std::exchange(first_, false)) out_.push_back(',');
}

void JsonWriter::quote(std::string_view text) {
    out_.push_back('"');
    for (const char byte : text) {
        if (byte == '"' || byte == '\\') out_.push_back('\\');
        if (static_cast<unsigned char>(byte) < ' ') {
            fmt::format_to(std::back_inserter(out_), "\\u{:04x}", static_cast<unsigned>(byte));
        } else {
            out_.push_back(byte);
        }
    }
    out_.push_back('"');
}

JsonWriter& JsonWriter::open(char bracket) {
    separate();
    out_.push_back(bracket);
    first_ = true;
    return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
    out_.push_back(bracket);
    first_ = false;
    return *this;
}

JsonWriter& JsonWriter::member(std::string_view name) {
    separate();
    quote(name);
    out_.push_back(':');
    first_ = true;
    return *this;
}

JsonWriter& JsonWriter::string(std::string_view value) {
    separate();
    quote(value);
    return *this;
}

JsonWriter& JsonWriter::number(std::uint64_t value) {
    separate();
    out_ += std::to_string(value);
    return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
    separate();
    out_ += value ? "true" : "false";
    return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
}

}  // namespace gyre::net
