#pragma once

#include "net/terminal/page.hpp"

#include <cstddef>
#include <vector>

namespace gyre::net {

/// One table of a page: in columns, or as one fact on each line for screen readers and for what does not fit.
class Table {
  public:
    /// `table_on` is the index of the mark that begins it.
    Table(Page& page, std::size_t table_on);
    void write();
    /// Where the page goes on: in the marks, and in the text.
    [[nodiscard]] std::size_t end_mark() const { return end_mark_; }
    [[nodiscard]] std::size_t end() const { return end_; }

  private:
    struct Cell {
        std::size_t from = 0, to = 0;
        std::size_t mark = 0;  ///< The next mark inside.
        Pen::State state;      ///< Of the pen there.
    };
    struct Row {
        std::vector<Cell> cells;
        bool is_heads = false;
    };
    struct Column {
        std::size_t width = 0;
        bool is_numeric = true;  ///< Aligned at the right.
    };
    static constexpr std::size_t gap = 2;
    static constexpr std::size_t min_column = 3;

    void collect(std::size_t mark);
    void measure();
    [[nodiscard]] bool is_numeric(const Cell& cell) const;
    /// Narrows the widest columns until they fit in `room`.
    void narrow(std::size_t room);
    void write_columns();
    void write_row(Row& row);
    void write_rule();
    void write_facts();
    void write_fact(const Cell* head, Cell& cell);
    void put(Cell& cell, std::size_t end);

    Page& page_;
    std::vector<Row> rows_;
    std::vector<Column> columns_;
    std::size_t end_mark_ = 0;
    std::size_t end_ = 0;
};

}  // namespace gyre::net
