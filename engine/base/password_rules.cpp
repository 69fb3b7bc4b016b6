#include "engine/base/password_rules.hpp"

#include "engine/base/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gyre {

namespace {

bool is_control(char32_t code) { return code < 0x20 || (code >= 0x7F && code < 0xA0); }

std::size_t characters_in(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80;  // What continues none.
    }));
}

}  // namespace

Status typeable_password(std::string_view typed) {
    if (utf8::is_printable_ascii(typed)) return done();
    for (std::size_t at = 0; at < typed.size();) {
        const utf8::Decoded next = utf8::decode(typed, at);
        if (!next.valid) return Error{Errc::bad_input, "a password is text in UTF-8"};
        if (is_control(next.code)) return Error{Errc::bad_input, "a password holds no control characters"};
        at += next.bytes;
    }
    return done();
}

Status may_be_password(std::string_view typed) {
    if (typed.size() > max_password)
        return Error{Errc::bad_input, fmt::format("that is too long: at most {} bytes", max_password)};
    if (Status can_be_typed = typeable_password(typed); !can_be_typed) return can_be_typed;
    if (characters_in(password_form(typed)) < min_password)
        return Error{Errc::bad_input, fmt::format("that is too short: at least {} characters", min_password)};
    return done();
}

std::string password_form(std::string_view typed) {
    return utf8::is_printable_ascii(typed) ? std::string{typed} : utf8::nfc(utf8::filter(typed));
}

}  // namespace gyre
