#pragma once

#include "engine/base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace gyre {

/// What a password may be, at whatever door it comes in: the OpaqueString profile of RFC 8265 section 4.2,
/// with text filtered as at every door, for what is invisible need not come through each of them.
constexpr std::size_t min_password = 6;     ///< Characters (code points).
constexpr std::size_t max_password = 1024;  ///< Bytes; scrypt takes any, a line does not.

/// UTF-8 without control characters: what can be typed.
[[nodiscard]] Status typeable_password(std::string_view typed);
/// Whether somebody may choose it. Errc::bad_input says why not, as a clause about "that".
[[nodiscard]] Status may_be_password(std::string_view typed);
/// In the form that is hashed (NFC), so that it does not matter how a keyboard composes an accent.
[[nodiscard]] std::string password_form(std::string_view typed);

}  // namespace gyre
