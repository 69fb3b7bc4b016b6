#include "net/terminal/pen.hpp"

#include "engine/base/ascii.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace gyre::net {

namespace {

using world::text::Mark;
using world::text::Style;

/// Select Graphic Rendition (ECMA-48 8.3.117) for each depth of colour.
struct Sgr {
    std::string_view ansi16, ansi256, truecolour;
};
constexpr std::array<Sgr, 14> sgr = {{
    {"4", "3", "3"},                             // em: italics are rare among plain terminals
    {"1", "1", "1"},                             // strong
    {"1;36", "1;38;5;80", "1;38;2;95;215;215"},  // title
    {"36", "38;5;109", "38;2;135;175;175"},      // note
    {"1;33", "1;38;5;214", "1;38;2;255;175;0"},  // warn
    {"32", "38;5;151", "38;2;175;215;175"},      // say
    {"33", "38;5;180", "38;2;215;175;135"},      // code
    {"90", "38;5;245", "38;2;138;138;138"},      // dim
    {"31", "38;5;203", "38;2;255;95;95"},        // red
    {"32", "38;5;114", "38;2;135;215;135"},      // green
    {"33", "38;5;221", "38;2;255;215;95"},       // yellow
    {"34", "38;5;75", "38;2;95;175;255"},        // blue
    {"35", "38;5;176", "38;2;215;135;215"},      // magenta
    {"36", "38;5;80", "38;2;95;215;215"},        // cyan
}};

/// Commands that change nothing: a client may send them at one click; others it only types for its player.
constexpr std::array<std::string_view, 8> looking = {"look", "l",   "examine",   "x",
                                                     "help", "who", "inventory", "i"};

bool only_looks(std::string_view command) {
    const std::string_view verb = command.substr(0, command.find(' '));
    return std::find(looking.begin(), looking.end(), verb) != looking.end();
}

/// RFC 3986 2.1: all but unreserved characters.
void append_percent_encoded(std::string& out, std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    for (const char c : text) {
        const bool bare =
            ascii::is_letter_or_digit(c) || std::string_view("-._~").find(c) != std::string_view::npos;
        if (bare) {
            out += c;
            continue;
        }
        const auto byte = static_cast<std::uint8_t>(c);
        out += '%';
        out += digits[byte >> 4U];
        out += digits[byte & 0xFU];
    }
}

}  // namespace

Pen::Pen(const world::text::Tree& tree, const Rendering& rendering, std::string& out)
    : tree_(tree),
      out_(out),
      colours_(rendering.kind == Rendering::Kind::plain || rendering.screen_reader ? Colours::none
                                                                                   : rendering.colours),
      links_(rendering.links && rendering.kind == Rendering::Kind::ansi && !rendering.screen_reader) {}

void Pen::apply(const Mark& mark) {
    switch (mark.kind) {
        case Mark::Kind::style_on:
            if (shows_styles()) state.styles.push_back(static_cast<Style>(mark.value));
            break;
        case Mark::Kind::style_off:
            if (!state.styles.empty()) state.styles.pop_back();
            break;
        case Mark::Kind::link_on:
            if (links_ && mark.value < tree_.commands().size()) state.link = mark.value;
            break;
        case Mark::Kind::link_off:
            state.link = no_link;
            break;
        case Mark::Kind::row_on:
        case Mark::Kind::row_off:
        case Mark::Kind::cell_on:
        case Mark::Kind::cell_off:
        case Mark::Kind::heads_on:
        case Mark::Kind::heads_off:
        case Mark::Kind::table_on:
        case Mark::Kind::table_off:
        case Mark::Kind::item_on:
        case Mark::Kind::item_off:
            return;
    }
    changed_ = true;
}

void Pen::write() {
    changed_ = false;
    if (state.link != written_.link) {
        if (written_.link != no_link) write_link(no_link);
        if (state.link != no_link) write_link(state.link);
    }
    if (state.styles == written_.styles) return;
    // An inner style ended: there is no way to end it alone, so all are written anew.
    out_ += written_.styles.empty() ? "\x1b[" : "\x1b[0;";
    for (const Style style : state.styles) {
        out_ += code_of(style);
        out_ += ';';
    }
    out_.back() = 'm';
    written_.styles = state.styles;
}

void Pen::rest() {
    if (written_.link != no_link) {
        write_link(no_link);
        changed_ = true;
    }
    if (written_.styles.empty()) return;
    out_ += "\x1b[0m";
    written_.styles.clear();
    changed_ = true;
}

void Pen::write_link(int link) {
    out_ += "\x1b]8;;";
    if (link != no_link) {
        const std::string& command = tree_.commands()[static_cast<std::size_t>(link)];
        out_ += only_looks(command) ? "send:" : "prompt:";
        append_percent_encoded(out_, command);
    }
    out_ += "\x1b\\";
    written_.link = link;
}

std::string_view Pen::code_of(Style style) const {
    const Sgr& codes = sgr.at(std::min(static_cast<std::size_t>(style), sgr.size() - 1));
    switch (colours_) {
        case Colours::none:
        case Colours::ansi16:
            return codes.ansi16;
        case Colours::ansi256:
            return codes.ansi256;
        case Colours::truecolour:
            return codes.truecolour;
    }
    return {};
}

}  // namespace gyre::net
