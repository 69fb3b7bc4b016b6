#pragma once

#include "net/terminal/rendering.hpp"

#include <string>
#include <string_view>

namespace gyre::net {

/// One character for a peer that has no UTF-8: as it is if the set has it, else the nearest that it has ("e"
/// for an accented e, quotes for typographic ones), else "?". Nothing for a combining mark. The view is into
/// static memory or into `buffer`.
std::string_view transliterate(char32_t code, Charset charset, char& buffer);

/// Appends UTF-8 text in the peer's set.
void append_encoded(std::string& out, std::string_view text, Charset charset);

}  // namespace gyre::net
