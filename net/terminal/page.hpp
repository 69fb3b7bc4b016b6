#pragma once

#include "net/terminal/line_breaker.hpp"
#include "net/terminal/pen.hpp"
#include "net/terminal/rendering.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace gyre::net {

/// Writes one tree line by line: paragraphs and list entries here, tables by Table.
class Page {
  public:
    /// `rendering.width` is within its bounds. All three outlive the page.
    Page(const world::text::Tree& tree, const Rendering& rendering, std::string& out);
    void write();

    // --- For Table.
    /// Text with the marks in it, on the current line. `mark` is the next mark not yet applied.
    void put(std::size_t from, std::size_t to, std::size_t& mark);
    /// The rest of a line of text that has used `used` columns already, wrapped.
    void wrap(std::size_t from, std::size_t to, std::size_t used, std::size_t& mark);
    /// ASCII of our own.
    void words(std::string_view ascii) { out_ += ascii; }
    void spaces(std::size_t count) { out_.append(count, ' '); }
    void end_line();

    const world::text::Tree& tree;
    const Rendering& rendering;
    const LineBreaker breaker;
    Pen pen;

  private:
    /// Applies the marks up to here; whether one of them begins a table.
    bool take_marks(std::size_t at);
    void apply(const world::text::Mark& mark);
    void say(const world::text::Mark& mark);
    void line(std::size_t from, std::size_t to);
    [[nodiscard]] std::size_t indent() const;

    std::string& out_;
    std::size_t mark_ = 0;  ///< The next mark.
    std::size_t items_ = 0;
    bool item_begins_ = false;
    std::size_t link_begins_ = 0;  ///< Where the words of the link begin that is being written.
};

}  // namespace gyre::net
