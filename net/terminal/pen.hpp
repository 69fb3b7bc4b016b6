#pragma once

#include "net/terminal/rendering.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace gyre::net {

/// Styles and links as escape sequences. What is asked for is written only when something visible follows,
/// and put to rest at each line's end: clients that colour line by line stay right, and padding stays bare.
class Pen {
  public:
    /// What is asked for at some place of the text.
    struct State {
        std::vector<world::text::Style> styles;  ///< Innermost last.
        int link = no_link;                      ///< Index in Tree::commands.
    };
    static constexpr int no_link = -1;

    Pen(const world::text::Tree& tree, const Rendering& rendering, std::string& out);

    [[nodiscard]] bool shows_styles() const { return colours_ != Colours::none; }
    /// Takes note of a style or link mark; ignores any other.
    void apply(const world::text::Mark& mark);
    /// Before something visible is written.
    void ready() {
        if (changed_) write();
    }
    /// Nothing styled follows for now.
    void rest();

    State state;

    /// To be called when `state` was set by hand.
    void state_changed() { changed_ = true; }

  private:
    void write();
    void write_link(int link);
    [[nodiscard]] std::string_view code_of(world::text::Style style) const;

    const world::text::Tree& tree_;
    std::string& out_;
    Colours colours_;
    bool links_;
    bool changed_ = false;
    State written_;
};

}  // namespace gyre::net
