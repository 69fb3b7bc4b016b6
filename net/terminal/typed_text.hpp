#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gyre::net {

/// How a peer's bytes are read.
enum class InputCharset : std::uint8_t {
    guessed,  ///< UTF-8 where it is valid, else Latin-1: a peer that told nothing.
    utf8,     ///< What is broken becomes U+FFFD.
    latin1,
    ascii,  ///< As guessed: who asks for ASCII asks what to be sent.
};

/// A typed line as the world may see it: UTF-8, without escape sequences (arrow keys, pasted colours) and
/// without anything that utf8::filter() removes.
[[nodiscard]] std::string typed_text(std::string_view bytes, InputCharset charset);

/// Each byte as the character that it is in Latin-1.
[[nodiscard]] std::string from_latin1(std::string_view bytes);

/// `bytes` without the escape sequences of ECMA-48: CSI, OSC and other strings, two-byte escapes.
[[nodiscard]] std::string without_escapes(std::string_view bytes);

}  // namespace gyre::net
