#pragma once

#include <array>
#include <cstddef>
#include <lua.hpp>
#include <string_view>

namespace gyre::world::script {

/// Lua's patterns, with every step charged: backtracking can take exponential time, and Lua's own matcher
/// cannot be stopped. Differs in nothing else.
class StringMatch {
  public:
    static constexpr int max_captures = 32;
    static constexpr int max_depth = 200;

    /// Both must outlive it. An anchor `^` is not part of `pattern`.
    StringMatch(lua_State* lua, std::string_view subject, std::string_view pattern);
    /// Where a match that begins at `start` ends, or null.
    const char* match(const char* start);

    [[nodiscard]] const char* begin() const { return begin_; }
    [[nodiscard]] const char* end() const { return end_; }
    [[nodiscard]] int captures() const { return captures_; }
    /// Pushes capture `index` (0 is the first) of the last match from `start` to `stop`; without captures the
    /// first is the whole match.
    void push_capture(int index, const char* start, const char* stop);
    /// Pushes all of them, or the whole match if there are none and `start` is not null; how many.
    int push_captures(const char* start, const char* stop);

  private:
    struct Capture {
        const char* at = nullptr;
        std::ptrdiff_t size = 0;
    };
    static constexpr std::ptrdiff_t unfinished = -1;
    static constexpr std::ptrdiff_t position = -2;

    void step();
    const char* run(const char* subject, const char* pattern);
    const char* try_all(const char* subject, const char* pattern);
    bool advance(const char*& subject, const char*& pattern, const char*& found);
    bool advance_item(const char*& subject, const char*& pattern, const char*& found);
    const char* open_capture(const char* subject, const char* pattern);
    const char* close_capture(const char* subject, const char* pattern);
    [[nodiscard]] bool is_special(const char* pattern) const;
    const char* special(const char* subject, const char*& pattern);
    const char* balanced(const char* subject, char opening, char closing);
    const char* backreference(const char* subject, char digit);
    const char* frontier(const char* subject, const char*& pattern);
    const char* repeated(const char* subject, const char* pattern, const char* after);
    const char* shortest(const char* subject, const char* pattern, const char* after);
    [[nodiscard]] const char* item_end(const char* pattern);
    bool is_single(const char* subject, const char* pattern, const char* after);
    bool in_set(unsigned char letter, const char* set, const char* bracket);

    lua_State* lua_;
    const char* begin_;
    const char* end_;
    const char* pattern_;
    const char* pattern_end_;
    int depth_ = 0;
    int captures_ = 0;
    std::array<Capture, max_captures> capture_{};
};

}  // namespace gyre::world::script
