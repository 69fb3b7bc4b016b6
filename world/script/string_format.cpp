#include "world/script/string_format.hpp"

#include "world/script/state.hpp"
#include "world/script/values.hpp"

#include <array>
#include <cctype>
#include <charconv>
#include <cstdio>

namespace gyre::world::script {

namespace {

/// The digits at `place`, at most two (Formatter has looked); none: 0.
std::size_t number_at(const std::string& format, std::size_t place) {
    std::size_t number = 0;
    std::from_chars(format.data() + place, format.data() + format.size(), number);
    return number;
}

/// Reads one format string from left to right, taking an argument for each conversion.
class Formatter {
  public:
    explicit Formatter(lua_State* lua) : lua_(lua), format_(check_string(lua, 1)) {}

    std::string run() {
        while (at_ < format_.size()) {
            const std::size_t percent = std::min(format_.find('%', at_), format_.size());
            add(format_.substr(at_, percent - at_));
            at_ = percent;
            if (at_ < format_.size()) conversion();
        }
        return std::move(result_);
    }

  private:
    void add(std::string_view piece) {
        charge(lua_, 1 + piece.size() / 32);
        charge_bytes(lua_, piece.size());
        if (result_.size() + piece.size() > max_string) {
            fail(lua_, "the string would be longer than " +
                           with_commas(static_cast<std::int64_t>(max_string)) + " bytes");
        }
        result_ += piece;
    }

    [[noreturn]] void invalid(const std::string& specification) {
        fail(lua_, "invalid conversion '" + specification + "' to 'format'");
    }

    /// "%-5.2f" without its letter, which stays at `at_`.
    std::string specification() {
        std::string specification{"%"};
        ++at_;
        const auto take = [&](std::string_view letters, std::size_t most) {
            for (std::size_t count = 0; at_ < format_.size() && count < most; ++count) {
                if (letters.find(format_[at_]) == std::string_view::npos) return;
                specification += format_[at_++];
            }
        };
        take("-+ #0", 5);
        take("0123456789", 2);
        if (at_ < format_.size() && format_[at_] == '.') {
            take(".", 1);
            take("0123456789", 2);
        }
        return specification;
    }

    void conversion() {
        std::string format = specification();
        const char letter = at_ < format_.size() ? format_[at_] : '\0';
        ++at_;
        if (letter == '%' && format.size() == 1) return add("%");
        ++argument_;
        switch (letter) {
            case 'c': {
                const char byte = static_cast<char>(luaL_checkinteger(lua_, argument_));
                return add({&byte, 1});
            }
            case 'd':
            case 'i':
            case 'u':
            case 'o':
            case 'x':
            case 'X':
                return print(format + "ll" + letter,
                             static_cast<long long>(luaL_checkinteger(lua_, argument_)));
            case 'e':
            case 'E':
            case 'f':
            case 'g':
            case 'G':
                return print(format + letter, luaL_checknumber(lua_, argument_));
            case 's':
                return string(format);
            default:
                invalid(letter == '\0' ? format : format + letter);
        }
    }

    template <class Number>
    void print(const std::string& format, Number number) {
        std::array<char, 512> buffer{};  // %99.99f of the largest double needs 410.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        const int size = std::snprintf(buffer.data(), buffer.size(), format.c_str(), number);
#pragma GCC diagnostic pop
        add({buffer.data(), static_cast<std::size_t>(size)});
    }

    void string(const std::string& format) {
        luaL_checkany(lua_, argument_);
        if (is_text(lua_, argument_)) check_string(lua_, argument_);  // Says what to do instead.
        std::string_view value = push_string_of(lua_, argument_);
        const std::size_t dot = format.find('.');
        if (dot != std::string::npos) value = value.substr(0, number_at(format, dot + 1));
        const bool left = format.find('-') != std::string::npos;
        const std::size_t digits = format.find_first_of("123456789");
        const std::size_t width = digits < std::min(dot, format.size()) ? number_at(format, digits) : 0;
        const std::string padding(width > value.size() ? width - value.size() : 0, ' ');
        if (!left) add(padding);
        add(value);
        if (left) add(padding);
        lua_pop(lua_, 1);
    }

    lua_State* lua_;
    std::string_view format_;
    std::size_t at_ = 0;
    int argument_ = 1;
    std::string result_;
};

}  // namespace

std::string format_string(lua_State* lua) { return Formatter{lua}.run(); }

}  // namespace gyre::world::script
