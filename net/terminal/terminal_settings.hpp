#pragma once

#include "net/terminal/rendering.hpp"
#include "net/terminal/typed_text.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace gyre::net {

/// How somebody's terminal wants its text: what it tells of itself, and what its person chose, which goes
/// before that until it is taken back.
class TerminalSettings {
  public:
    static constexpr std::size_t count = 4;  ///< width, colours, charset, screenreader.

    void width_told(std::uint16_t width);
    void colours_told(Colours colours);
    void charset_told(Charset charset);
    void screen_reader_told(bool screen_reader);

    /// Chooses as typed: "width", "100"; "auto" takes the choice back. What to say of it, a line with its
    /// end; empty: that is no value of this setting. Precondition: `name` is one of the four.
    [[nodiscard]] std::string choose(std::string_view name, std::string_view value);
    /// All that was chosen, as "width 100\ncolours 256\n".
    [[nodiscard]] std::string kept() const;
    /// Chooses what was kept, but nothing that was chosen since. What it does not know it leaves out.
    void restore(std::string_view kept);

    [[nodiscard]] const Rendering& rendering() const { return rendering_; }
    [[nodiscard]] InputCharset input_charset() const;

  private:
    void put_together();
    [[nodiscard]] std::string_view chosen(std::size_t place) const;
    void set_chosen(std::size_t place, std::string_view word);

    Rendering told_;
    Rendering rendering_;  ///< What was told, overlaid with what was chosen.
    bool charset_is_told_ = false;
    /// As typed, in lower case; an empty one: nothing. Null until something is chosen: most choose nothing.
    using Chosen = std::array<std::string, count>;
    std::unique_ptr<Chosen> chosen_;
};

}  // namespace gyre::net
