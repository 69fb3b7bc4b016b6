#pragma once

#include "net/terminal/rendering.hpp"
#include "net/terminal/typed_text.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::net {

/// How somebody's terminal wants its text: what it tells of itself, and what its person chose, which goes
/// before that until it is taken back.
class TerminalSettings {
  public:
    static constexpr std::size_t count = 5;  ///< width, colours, charset, screenreader, links.

    void width_told(std::uint16_t width);
    void colours_told(Colours colours);
    void charset_told(Charset charset);
    void screen_reader_told(bool screen_reader);
    void links_told(bool links);

    /// Chooses as typed: "width", "100"; "auto" takes the choice back. What to say of it, a line with its
    /// end; empty: that is no value of this setting. Precondition: `name` is one of the five.
    [[nodiscard]] std::string choose(std::string_view name, std::string_view value);
    /// What it is, and whether it was chosen, a line with its end. Precondition: as for choose().
    [[nodiscard]] std::string present(std::string_view name) const;
    /// All that was chosen, as "width 100\ncolours 256\n".
    [[nodiscard]] std::string kept() const;
    /// Chooses what was kept, but nothing that was chosen since. What it does not know it leaves out.
    void restore(std::string_view kept);

    [[nodiscard]] const Rendering& rendering() const { return rendering_; }
    [[nodiscard]] InputCharset input_charset() const;

  private:
    void put_together();
    [[nodiscard]] bool is_chosen(std::size_t place) const {
        return !chosen_.empty() && !chosen_[place].empty();
    }
    void keep(std::size_t place, std::string_view word);

    Rendering told_;
    Rendering rendering_;  ///< What was told, overlaid with what was chosen.
    bool charset_is_told_ = false;
    /// One for each setting, as typed, in lower case; empty: nothing. None at all where nothing was chosen.
    std::vector<std::string> chosen_;
};

}  // namespace gyre::net
