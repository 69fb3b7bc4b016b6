#pragma once

#include "engine/base/ids.hpp"
#include "world/value.hpp"

#include <cstdint>
#include <forward_list>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace gyre::world::text {

/// How a stretch of a tree looks or is laid out. Styles nest; a renderer that cannot show one ignores it.
enum class Style : std::uint8_t {
    em,
    strong,
    title,
    note,
    warn,
    say,
    code,
    dim,
    red,
    green,
    yellow,
    blue,
    magenta,
    cyan,
};

/// A boundary at a byte of Tree::text. Boundaries are well nested and in order of `at`.
struct Mark {
    enum class Kind : std::uint8_t {
        style_on,
        style_off,  ///< `value`: Style.
        link_on,
        link_off,  ///< `value`: index in Tree::commands().
        row_on,
        row_off,
        cell_on,
        cell_off,  ///< text.table; the first row of a table may be its heads.
        heads_on,
        heads_off,
        table_on,
        table_off,
        item_on,
        item_off,  ///< text.list
    };
    std::uint32_t at = 0;
    Kind kind = Kind::style_on;
    std::uint16_t value = 0;
};

/// What a line is besides its words, for doors that show such lines apart (GMCP).
class Note final : public Counted {
  public:
    enum class Kind : std::uint8_t {
        channel_line,  ///< `talker` said it on the channel `subject`.
        wrong_way,     ///< From where the reader is no way leads `subject`.
    };
    Kind kind = Kind::channel_line;
    std::string subject;
    std::string talker;
};

/// Output as one observer reads it: words in order, with marks. Untrusted text in it has been filtered (no
/// control characters but '\n', no bidirectional controls). A single '\n' ends a line, two a paragraph; it
/// has no newline at its end. Immutable once made. Every player keeps some (RecentLines): what few trees have
/// takes a pointer each.
class Tree final : public Counted {
  public:
    std::string text;
    std::vector<Mark> marks;
    Ref<const Note> note;  ///< Null: nothing but words.

    /// What links type.
    [[nodiscard]] std::span<const std::string> commands() const {
        return commands_ ? std::span<const std::string>{*commands_} : std::span<const std::string>{};
    }
    void add_command(std::string command) {
        if (!commands_) commands_ = std::make_unique<std::vector<std::string>>();
        commands_->push_back(std::move(command));
    }

    /// The bytes a renderer made of this tree, by its own key: each distinct rendering is made once.
    struct Rendered {
        std::uint64_t key = 0;
        std::string bytes;
    };
    mutable std::forward_list<Rendered> rendered;
    /// Once all have read it: who keeps the tree does not keep its renderings.
    void forget_renderings() const { rendered.clear(); }

  private:
    std::unique_ptr<std::vector<std::string>> commands_;  ///< Null: no links.
};

}  // namespace gyre::world::text
