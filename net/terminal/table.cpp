#include "net/terminal/table.hpp"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <utility>

namespace gyre::net {

namespace {
using world::text::Mark;
using world::text::Style;
}  // namespace

Table::Table(Page& page, std::size_t table_on) : page_(page) {
    collect(table_on);
    measure();
}

void Table::collect(std::size_t mark) {
    const auto& marks = page_.tree.marks;
    end_ = marks[mark].at;
    for (++mark; mark < marks.size() && marks[mark].kind != Mark::Kind::table_off; ++mark) {
        const Mark& next = marks[mark];
        end_ = next.at;
        if (next.kind == Mark::Kind::row_on || next.kind == Mark::Kind::heads_on) {
            rows_.emplace_back().is_heads = next.kind == Mark::Kind::heads_on;
        } else if (next.kind == Mark::Kind::cell_on && !rows_.empty()) {
            Cell& cell = rows_.back().cells.emplace_back();
            cell.from = cell.to = next.at;
            cell.mark = mark + 1;
            cell.state = page_.pen.state;
            if (rows_.back().is_heads && page_.pen.shows_styles()) cell.state.styles.push_back(Style::strong);
        } else if (next.kind == Mark::Kind::cell_off && !rows_.empty() && !rows_.back().cells.empty()) {
            rows_.back().cells.back().to = next.at;
        }
    }
    end_mark_ = std::min(mark + 1, marks.size());
    if (mark < marks.size()) end_ = marks[mark].at;
}

void Table::measure() {
    for (const Row& row : rows_) {
        if (columns_.size() < row.cells.size()) columns_.resize(row.cells.size());
        for (std::size_t index = 0; index < row.cells.size(); ++index) {
            const Cell& cell = row.cells[index];
            Column& column = columns_[index];
            column.width = std::max(column.width, page_.breaker.columns(cell.from, cell.to));
            column.is_numeric = column.is_numeric && (row.is_heads || is_numeric(cell));
        }
    }
}

bool Table::is_numeric(const Cell& cell) const {
    const std::string_view words = std::string_view(page_.tree.text).substr(cell.from, cell.to - cell.from);
    return words.find_first_not_of("0123456789.,+-% ") == std::string_view::npos;
}

void Table::write() {
    const std::size_t gaps = gap * (columns_.empty() ? 0 : columns_.size() - 1);
    const bool fits = columns_.size() * min_column + gaps <= page_.rendering.width;
    if (page_.rendering.screen_reader || !fits) return write_facts();
    narrow(page_.rendering.width - gaps);
    write_columns();
}

void Table::narrow(std::size_t room) {
    const auto total = [this](std::size_t most) {
        return std::accumulate(
            columns_.begin(), columns_.end(), std::size_t{0},
            [most](std::size_t sum, const Column& each) { return sum + std::min(each.width, most); });
    };
    std::size_t fits = 0;
    std::size_t too_wide = room + 1;
    while (fits + 1 < too_wide) {
        const std::size_t middle = (fits + too_wide) / 2;
        (total(middle) <= room ? fits : too_wide) = middle;
    }
    for (Column& column : columns_) column.width = std::max<std::size_t>(std::min(column.width, fits), 1);
}

void Table::write_columns() {
    for (Row& row : rows_) {
        write_row(row);
        if (row.is_heads) write_rule();
    }
}

/// Line by line through all cells at once, as long as one of them has words left.
void Table::write_row(Row& row) {
    bool more = true;
    while (more) {
        more = false;
        std::size_t pending = 0;  // Spaces owed before the next words, so that no line ends in spaces.
        for (std::size_t index = 0; index < row.cells.size(); ++index) {
            Cell& cell = row.cells[index];
            const Column& column = columns_[index];
            const LineEnd line = page_.breaker.next_line(cell.from, cell.to, column.width);
            const std::size_t used = page_.breaker.columns(cell.from, line.end);
            const std::size_t padding = column.width - std::min(used, column.width);
            if (used > 0) {
                page_.spaces(pending + (column.is_numeric ? padding : 0));
                pending = column.is_numeric ? 0 : padding;
                put(cell, line.end);
            } else {
                pending += padding;
            }
            cell.from = line.next;
            more = more || cell.from < cell.to;
            pending += gap;
        }
        page_.end_line();
    }
}

void Table::write_rule() {
    std::string rule;
    for (const Column& column : columns_) {
        if (!rule.empty()) rule.append(gap, ' ');
        rule.append(column.width, '-');
    }
    page_.words(rule);
    page_.end_line();
}

void Table::write_facts() {
    const Row* heads = !rows_.empty() && rows_.front().is_heads ? &rows_.front() : nullptr;
    for (Row& row : rows_) {
        if (&row == heads) continue;
        for (std::size_t index = 0; index < row.cells.size(); ++index) {
            const bool has_head = heads != nullptr && index < heads->cells.size();
            if (row.cells[index].from < row.cells[index].to)
                write_fact(has_head ? &heads->cells[index] : nullptr, row.cells[index]);
        }
    }
}

/// "goods: brass lamp"
void Table::write_fact(const Cell* head, Cell& cell) {
    std::size_t used = 0;
    if (head != nullptr && head->from < head->to) {
        const std::size_t most = page_.rendering.width / 2;
        Cell label = *head;
        const std::size_t end = page_.rendering.screen_reader
                                    ? label.to
                                    : page_.breaker.next_line(label.from, label.to, most).end;
        used = page_.breaker.columns(label.from, end) + gap;
        put(label, end);
        page_.words(": ");
    }
    std::swap(page_.pen.state, cell.state);
    page_.pen.state_changed();
    page_.wrap(cell.from, cell.to, used, cell.mark);
    std::swap(page_.pen.state, cell.state);
    page_.pen.state_changed();
}

void Table::put(Cell& cell, std::size_t end) {
    std::swap(page_.pen.state, cell.state);
    page_.pen.state_changed();
    page_.put(cell.from, end, cell.mark);
    std::swap(page_.pen.state, cell.state);
    page_.pen.rest();
    page_.pen.state_changed();
}

}  // namespace gyre::net
