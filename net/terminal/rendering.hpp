#pragma once

#include "world/text/tree.hpp"

#include <cstdint>
#include <string>

namespace gyre::net {

enum class Colours : std::uint8_t { none, ansi16, ansi256, truecolour };
/// How many there are.
std::uint32_t count_of(Colours colours);
enum class Charset : std::uint8_t { utf8, latin1, ascii };

/// How one peer's terminal wants its text. Two peers with equal renderings share the bytes.
struct Rendering {
    enum class Kind : std::uint8_t {
        ansi,
        plain,  ///< No escape sequences at all: pipes, `ssh host command`.
    };

    /// What a width is clamped to: a line must hold a word, and not the whole text.
    static constexpr std::uint16_t min_width = 20;
    static constexpr std::uint16_t max_width = 1000;

    Kind kind = Kind::ansi;
    Colours colours = Colours::none;  ///< none: no styles either.
    Charset charset = Charset::utf8;
    std::uint16_t width = 80;  ///< Columns.
    /// Read aloud: no bullets, columns, colours or breaks within a line; one fact on each line, titles are
    /// called so, and of links it is said what they type.
    bool screen_reader = false;
    bool links = false;  ///< The peer knows OSC 8.

    /// Names this rendering in Tree::rendered.
    [[nodiscard]] std::uint64_t key() const;
    friend bool operator==(const Rendering&, const Rendering&) = default;
};

/// The bytes of a tree for a terminal: wrapped at its width, CRLF behind every line, the last one included.
/// Made once for each rendering and kept in the tree; the reference is valid until the tree is rendered
/// differently. Telnet's doubling of byte 255 is its codec's.
const std::string& render(const world::text::Tree& tree, const Rendering& rendering);

}  // namespace gyre::net
