// Ours because what it makes are Values, with their limits, and because a script may hand it anything: depth
// is bounded, and the work is one pass over the bytes.

#include "world/script/json.hpp"

#include "engine/base/utf8.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::world::script {

namespace {

class JsonReader {
  public:
    explicit JsonReader(std::string_view json) : json_(json) {}

    Result<Value> read() {
        Value value;
        if (read_value(value, 0)) {
            skip_space();
            if (at_ == json_.size()) return value;
            fail("there is more behind the value");
        }
        return Error{Errc::bad_input, fmt::format("{} at byte {}", why_, at_ + 1)};
    }

  private:
    bool fail(const char* why) {
        if (why_ == nullptr) why_ = why;
        return false;
    }
    void skip_space() {
        while (at_ < json_.size() && std::string_view{" \t\r\n"}.find(json_[at_]) != std::string_view::npos)
            ++at_;
    }
    bool take(char wanted) {
        skip_space();
        if (at_ >= json_.size() || json_[at_] != wanted) return false;
        ++at_;
        return true;
    }
    bool take_word(std::string_view word) {
        if (json_.substr(at_, word.size()) != word) return false;
        at_ += word.size();
        return true;
    }

    bool read_value(Value& into, int depth) {
        skip_space();
        if (at_ >= json_.size()) return fail("it ends too early");
        switch (json_[at_]) {
            case '{':
                return read_object(into, depth + 1);
            case '[':
                return read_list(into, depth + 1);
            case '"': {
                std::string string;
                if (!read_string(string)) return false;
                into = Value{string};
                return true;
            }
            default:
                break;
        }
        if (take_word("true")) {
            into = Value{true};
        } else if (take_word("false")) {
            into = Value{false};
        } else if (take_word("null")) {
            into = Value{};
        } else {
            return read_number(into);
        }
        return true;
    }

    bool read_list(Value& into, int depth) {
        if (depth > Container::max_depth) return fail("it is nested too deeply");
        ++at_;
        Ref<Container> list = make_ref<Container>();
        if (!take(']')) {
            do {
                if (list->list.size() >= Container::max_entries) return fail("a list is too long");
                Value value;
                if (!read_value(value, depth)) return false;
                if (value.is_nil()) return fail("a list cannot hold null");
                list->list.push_back(std::move(value));
            } while (take(','));
            if (!take(']')) return fail("',' or ']' is missing");
            list->kind = Container::Kind::list;
        }
        into = Value{std::move(list)};
        return true;
    }

    bool read_object(Value& into, int depth) {
        if (depth > Container::max_depth) return fail("it is nested too deeply");
        ++at_;
        std::vector<Container::Pair> pairs;
        if (!take('}')) {
            do {
                if (!read_pair(pairs, depth)) return false;
            } while (take(','));
            if (!take('}')) return fail("',' or '}' is missing");
        }
        Ref<Container> object = make_ref<Container>();
        object->kind = Container::Kind::map;
        object->map = std::move(pairs);
        object->forget_kind_if_empty();
        into = Value{std::move(object)};
        return true;
    }

    /// Into its place in the order of keys.
    bool read_pair(std::vector<Container::Pair>& pairs, int depth) {
        skip_space();
        std::string name;
        if (at_ >= json_.size() || json_[at_] != '"') return fail("a name in quotes is missing");
        if (!read_string(name)) return false;
        if (!take(':')) return fail("':' is missing");
        Value value;
        if (!read_value(value, depth)) return false;
        const Value key{name};
        const auto place = std::ranges::lower_bound(
            pairs, key, [](const Value& left, const Value& right) { return Value::key_less(left, right); },
            &Container::Pair::key);
        const bool known = place != pairs.end() && place->key == key;
        if (value.is_nil()) {
            if (known) pairs.erase(place);
        } else if (known) {
            place->value = std::move(value);
        } else {
            if (pairs.size() >= Container::max_entries) return fail("an object is too long");
            pairs.insert(place, {key, std::move(value)});
        }
        return true;
    }

    [[nodiscard]] bool is_at(std::size_t place, std::string_view any) const {
        return place < json_.size() && any.find(json_[place]) != std::string_view::npos;
    }

    /// Moves `end` behind the digits there. False: there are none.
    bool pass_digits(std::size_t& end) const {
        const std::size_t first = end;
        while (is_at(end, "0123456789")) ++end;
        return end > first;
    }

    /// Moves `end` behind what RFC 8259 section 6 lets follow the whole part of a number.
    bool pass_fraction(std::size_t& end) {
        if (is_at(end, ".") && !pass_digits(++end)) return fail("digits are missing");
        if (!is_at(end, "eE")) return true;
        if (is_at(++end, "+-")) ++end;
        return pass_digits(end) || fail("digits are missing");
    }

    /// Of a number that no double holds: it is nearer to 0 than any, not further away.
    static bool is_tiny(std::string_view number) {
        const bool below_one = number.starts_with("0.") || number.starts_with("-0.");
        const std::size_t exponent = number.find_first_of("eE");
        return exponent == std::string_view::npos ? below_one : number[exponent + 1] == '-';
    }

    bool read_number(Value& into) {
        std::size_t end = at_;
        if (is_at(end, "-")) ++end;
        const std::size_t first = end;
        if (!pass_digits(end)) return fail("this is no value");
        if (json_[first] == '0' && end > first + 1) return fail("a number does not begin with 0");
        const std::size_t whole = end;
        if (!pass_fraction(end)) return false;
        const char* const begin = json_.data() + at_;
        std::int64_t integer = 0;
        if (end == whole && std::from_chars(begin, json_.data() + end, integer).ec == std::errc{}) {
            into = Value{integer};
        } else {
            double number = 0;
            if (std::from_chars(begin, json_.data() + end, number).ec != std::errc{}) {
                if (!is_tiny({begin, end - at_})) return fail("the number is too large");
                number = 0;
            }
            into = Value{number};
        }
        at_ = end;
        return true;
    }

    bool read_string(std::string& into) {
        for (++at_; at_ < json_.size(); ++at_) {
            const char c = json_[at_];
            if (c == '"') {
                ++at_;
                return utf8::is_valid(into) || fail("the string is not UTF-8");
            }
            if (static_cast<unsigned char>(c) < 0x20) return fail("a control character in a string");
            if (c != '\\') {
                into += c;
            } else if (!read_escape(into)) {
                return false;
            }
        }
        return fail("a string never ends");
    }

    /// At the backslash; leaves at_ on the last character of the escape.
    bool read_escape(std::string& into) {
        constexpr std::string_view letters = "\"\\/bfnrt";
        constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        if (++at_ >= json_.size()) return fail("a string never ends");
        const std::size_t known = letters.find(json_[at_]);
        if (known != std::string_view::npos) {
            into += meanings[known];
            return true;
        }
        if (json_[at_] != 'u') return fail("there is no such escape");
        std::optional<char32_t> unit = hex4();
        if (!unit) return fail("four hexadecimal digits are missing");
        if (*unit >= 0xD800 && *unit < 0xDC00) {  // RFC 8259 section 7: the first half of a pair.
            if (json_.substr(at_ + 1, 2) != "\\u") return fail("half a surrogate pair");
            at_ += 2;
            const std::optional<char32_t> low = hex4();
            if (!low || *low < 0xDC00 || *low > 0xDFFF) return fail("half a surrogate pair");
            unit = 0x10000 + ((*unit - 0xD800) << 10U) + (*low - 0xDC00);
        } else if (*unit >= 0xDC00 && *unit <= 0xDFFF) {
            return fail("half a surrogate pair");
        }
        append_utf8(into, *unit);
        return true;
    }

    /// The four digits behind the 'u' at at_, which moves onto the last of them.
    std::optional<char32_t> hex4() {
        std::uint32_t unit = 0;
        if (at_ + 4 >= json_.size()) return std::nullopt;
        const char* const first = json_.data() + at_ + 1;
        const auto [end, error] = std::from_chars(first, first + 4, unit, 16);
        if (error != std::errc{} || end != first + 4) return std::nullopt;
        at_ += 4;
        return char32_t{unit};
    }

    static void append_utf8(std::string& into, char32_t code) {
        const auto add = [&into](char32_t byte) { into += static_cast<char>(byte); };
        if (code < 0x80) return add(code);
        if (code < 0x800) {
            add(0xC0 | code >> 6U);
        } else if (code < 0x10000) {
            add(0xE0 | code >> 12U);
            add(0x80 | (code >> 6U & 0x3F));
        } else {
            add(0xF0 | code >> 18U);
            add(0x80 | (code >> 12U & 0x3F));
            add(0x80 | (code >> 6U & 0x3F));
        }
        add(0x80 | (code & 0x3F));
    }

    std::string_view json_;
    std::size_t at_ = 0;
    const char* why_ = nullptr;
};

}  // namespace

Result<Value> from_json(std::string_view json) { return JsonReader{json}.read(); }

}  // namespace gyre::world::script
