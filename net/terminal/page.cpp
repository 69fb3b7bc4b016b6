// Marks take no columns, so lines are broken by the words alone and the marks are woven in as a line is
// written.

#include "net/terminal/page.hpp"

#include "engine/base/utf8.hpp"
#include "net/terminal/charset.hpp"
#include "net/terminal/table.hpp"

#include <algorithm>

namespace gyre::net {

namespace {

using world::text::Mark;

constexpr std::string_view bullet = "- ";

}  // namespace

Page::Page(const world::text::Tree& text, const Rendering& how, std::string& out)
    : tree(text), rendering(how), breaker(text.text, how.charset), pen(text, how, out), out_(out) {}

void Page::write() {
    constexpr std::size_t likely_extra = 64;  // Line ends, a few styles.
    const std::string_view text = tree.text;
    out_.reserve(text.size() + text.size() / rendering.width * 2 + likely_extra);
    std::size_t at = 0;
    do {
        if (take_marks(at)) {
            Table table(*this, mark_ - 1);
            table.write();
            mark_ = table.end_mark();
            at = table.end();
        } else {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            line(at, end);
            at = end;
        }
        if (at < text.size() && text[at] == '\n') ++at;
    } while (at < text.size());
    if (out_.empty()) end_line();  // A table without a fact.
}

bool Page::take_marks(std::size_t at) {
    while (mark_ < tree.marks.size() && tree.marks[mark_].at <= at) {
        const Mark& next = tree.marks[mark_++];
        if (next.kind == Mark::Kind::table_on) return true;
        apply(next);
    }
    return false;
}

void Page::apply(const Mark& mark) {
    if (mark.kind == Mark::Kind::item_on) {
        ++items_;
        item_begins_ = true;
    } else if (mark.kind == Mark::Kind::item_off) {
        items_ -= items_ > 0 ? 1 : 0;
        item_begins_ = false;
    } else {
        pen.apply(mark);
        if (rendering.screen_reader) say(mark);
    }
}

/// What others see is said: that a line is a title, and what a link types unless it shows that itself.
void Page::say(const Mark& mark) {
    const std::string_view text = tree.text;
    if (mark.kind == Mark::Kind::style_on) {
        const bool line_begins = out_.empty() || out_.back() == '\n';
        if (line_begins && mark.value == static_cast<std::uint16_t>(world::text::Style::title))
            words("Title: ");
    } else if (mark.kind == Mark::Kind::link_on) {
        link_begins_ = mark.at;
    } else if (mark.kind == Mark::Kind::link_off && mark.value < tree.commands().size()) {
        const std::string& command = tree.commands()[mark.value];
        const std::string_view shown = text.substr(link_begins_, mark.at - link_begins_);
        if (utf8::fold_ascii(shown) == utf8::fold_ascii(command)) return;
        words(" (");
        append_encoded(out_, command, rendering.charset);
        words(")");
    }
}

/// Of the second and further lines of a list entry; never more than half the width.
std::size_t Page::indent() const {
    if (rendering.screen_reader) return 0;
    return std::min(items_ * bullet.size(), std::size_t{rendering.width} / 2);
}

void Page::line(std::size_t from, std::size_t to) {
    const std::size_t used = indent();
    if (item_begins_ && used >= bullet.size()) {
        spaces(used - bullet.size());
        out_ += bullet;
    } else if (from != to) {
        spaces(used);
    }
    item_begins_ = false;
    wrap(from, to, used, mark_);
}

void Page::wrap(std::size_t from, std::size_t to, std::size_t used, std::size_t& mark) {
    if (rendering.screen_reader) {  // A break would be read as a pause.
        put(from, to, mark);
        const auto ends_here = [&](const Mark& next) {
            return next.at <= to && (next.kind == Mark::Kind::link_off || next.kind == Mark::Kind::style_off);
        };
        while (mark < tree.marks.size() && ends_here(tree.marks[mark])) apply(tree.marks[mark++]);
        return end_line();
    }
    for (;;) {
        const LineEnd line =
            breaker.next_line(from, to, rendering.width - std::min<std::size_t>(used, rendering.width - 1));
        put(from, line.end, mark);
        end_line();
        if (line.next >= to) return;
        from = line.next;
        used = indent();
        spaces(used);
    }
}

void Page::put(std::size_t from, std::size_t to, std::size_t& mark) {
    const std::string_view text = tree.text;
    while (from < to) {
        while (mark < tree.marks.size() && tree.marks[mark].at <= from) apply(tree.marks[mark++]);
        const std::size_t stop =
            mark < tree.marks.size() ? std::min<std::size_t>(to, tree.marks[mark].at) : to;
        pen.ready();
        const std::string_view piece = text.substr(from, stop - from);
        breaker.is_ascii() ? words(piece) : append_encoded(out_, piece, rendering.charset);
        from = stop;
    }
}

void Page::end_line() {
    pen.rest();
    out_ += "\r\n";
}

}  // namespace gyre::net
