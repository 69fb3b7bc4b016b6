#include "world/script/string_match.hpp"

#include "world/script/state.hpp"

#include <cctype>
#include <cstring>

namespace gyre::world::script {

namespace {

bool in_class(int letter, int name) {
    bool inside = false;
    switch (std::tolower(name)) {
        case 'a':
            inside = std::isalpha(letter) != 0;
            break;
        case 'c':
            inside = std::iscntrl(letter) != 0;
            break;
        case 'd':
            inside = std::isdigit(letter) != 0;
            break;
        case 'g':
            inside = std::isgraph(letter) != 0;
            break;
        case 'l':
            inside = std::islower(letter) != 0;
            break;
        case 'p':
            inside = std::ispunct(letter) != 0;
            break;
        case 's':
            inside = std::isspace(letter) != 0;
            break;
        case 'u':
            inside = std::isupper(letter) != 0;
            break;
        case 'w':
            inside = std::isalnum(letter) != 0;
            break;
        case 'x':
            inside = std::isxdigit(letter) != 0;
            break;
        default:
            return name == letter;
    }
    return inside != (std::isupper(name) != 0);
}

unsigned char byte_at(const char* at) { return static_cast<unsigned char>(*at); }

}  // namespace

StringMatch::StringMatch(lua_State* lua, std::string_view subject, std::string_view pattern)
    : lua_(lua),
      begin_(subject.data()),
      end_(subject.data() + subject.size()),
      pattern_(pattern.data()),
      pattern_end_(pattern.data() + pattern.size()) {}

const char* StringMatch::match(const char* start) {
    captures_ = 0;
    depth_ = 0;
    return run(start, pattern_);
}

void StringMatch::step() { charge(lua_, 1); }

const char* StringMatch::run(const char* subject, const char* pattern) {
    if (++depth_ > max_depth) fail(lua_, "the pattern is too complex");
    const char* found = try_all(subject, pattern);
    --depth_;
    return found;
}

/// Goes on as long as there is only one way to.
const char* StringMatch::try_all(const char* subject, const char* pattern) {
    const char* found = nullptr;
    while (advance(subject, pattern, found)) {}
    return found;
}

/// One item further. False: that is all, and `found` is the end of the match or null.
bool StringMatch::advance(const char*& subject, const char*& pattern, const char*& found) {
    step();
    const bool at_end = pattern == pattern_end_;
    if (at_end || (*pattern == '$' && pattern + 1 == pattern_end_)) {
        found = at_end || subject == end_ ? subject : nullptr;
        return false;
    }
    if (*pattern == '(' || *pattern == ')') {
        found = *pattern == '(' ? open_capture(subject, pattern) : close_capture(subject, pattern);
        return false;
    }
    if (!is_special(pattern)) return advance_item(subject, pattern, found);
    subject = special(subject, pattern);
    return subject != nullptr;
}

bool StringMatch::advance_item(const char*& subject, const char*& pattern, const char*& found) {
    const char* after = item_end(pattern);
    const char suffix = after < pattern_end_ ? *after : '\0';
    if (suffix == '*' || suffix == '+') {
        found = repeated(subject, pattern, after);
        return false;
    }
    if (suffix == '-') {
        found = shortest(subject, pattern, after);
        return false;
    }
    const bool is_optional = suffix == '?';
    const bool fits = is_single(subject, pattern, after);
    if (fits && is_optional) found = run(subject + 1, after + 1);
    if (found != nullptr || (!fits && !is_optional)) return false;
    pattern = is_optional ? after + 1 : after;
    if (!is_optional) ++subject;
    return true;
}

/// `%b`, `%f` or a back reference.
bool StringMatch::is_special(const char* pattern) const {
    if (*pattern != '%' || pattern + 1 >= pattern_end_) return false;
    const char kind = pattern[1];
    return kind == 'b' || kind == 'f' || std::isdigit(static_cast<unsigned char>(kind)) != 0;
}

/// Where the subject goes on, or null; moves `pattern` behind it.
const char* StringMatch::special(const char* subject, const char*& pattern) {
    const char kind = pattern[1];
    pattern += 2;
    if (kind == 'f') return frontier(subject, pattern);
    if (kind != 'b') return backreference(subject, kind);
    if (pattern + 1 >= pattern_end_) fail(lua_, "malformed pattern (missing arguments to '%b')");
    subject = balanced(subject, pattern[0], pattern[1]);
    pattern += 2;
    return subject;
}

const char* StringMatch::open_capture(const char* subject, const char* pattern) {
    if (captures_ >= max_captures) fail(lua_, "too many captures");
    const bool is_position = pattern + 1 < pattern_end_ && pattern[1] == ')';
    capture_[static_cast<std::size_t>(captures_)] = {subject, is_position ? position : unfinished};
    ++captures_;
    const char* found = run(subject, pattern + (is_position ? 2 : 1));
    if (found == nullptr) --captures_;
    return found;
}

const char* StringMatch::close_capture(const char* subject, const char* pattern) {
    int open = captures_ - 1;
    while (open >= 0 && capture_[static_cast<std::size_t>(open)].size != unfinished) --open;
    if (open < 0) fail(lua_, "invalid pattern capture");
    Capture& capture = capture_[static_cast<std::size_t>(open)];
    capture.size = subject - capture.at;
    const char* found = run(subject, pattern + 1);
    if (found == nullptr) capture.size = unfinished;
    return found;
}

const char* StringMatch::balanced(const char* subject, char opening, char closing) {
    if (subject >= end_ || *subject != opening) return nullptr;
    int depth = 1;
    while (++subject < end_) {
        step();
        if (*subject == closing) {
            if (--depth == 0) return subject + 1;
        } else if (*subject == opening) {
            ++depth;
        }
    }
    return nullptr;
}

const char* StringMatch::frontier(const char* subject, const char*& pattern) {
    if (pattern >= pattern_end_ || *pattern != '[') fail(lua_, "missing '[' after '%f' in pattern");
    const char* set = pattern;
    pattern = item_end(set);
    const unsigned char before = subject == begin_ ? 0 : byte_at(subject - 1);
    const unsigned char here = subject < end_ ? byte_at(subject) : 0;
    return !in_set(before, set, pattern - 1) && in_set(here, set, pattern - 1) ? subject : nullptr;
}

const char* StringMatch::backreference(const char* subject, char digit) {
    const int index = digit - '1';
    if (index < 0 || index >= captures_ || capture_[static_cast<std::size_t>(index)].size == unfinished)
        fail(lua_, "invalid capture index %" + std::to_string(index + 1) + " in pattern");
    const Capture& capture = capture_[static_cast<std::size_t>(index)];
    if (capture.size < 0) return nullptr;  // A position: equal to nothing.
    charge(lua_, capture.size / 16);
    const auto size = static_cast<std::size_t>(capture.size);
    const bool same = capture.size <= end_ - subject && std::memcmp(capture.at, subject, size) == 0;
    return same ? subject + capture.size : nullptr;
}

const char* StringMatch::repeated(const char* subject, const char* pattern, const char* after) {
    std::ptrdiff_t count = 0;
    while (is_single(subject + count, pattern, after)) ++count;
    const std::ptrdiff_t least = *after == '+' ? 1 : 0;
    for (; count >= least; --count) {
        step();
        if (const char* found = run(subject + count, after + 1)) return found;
    }
    return nullptr;
}

const char* StringMatch::shortest(const char* subject, const char* pattern, const char* after) {
    for (;;) {
        if (const char* found = run(subject, after + 1)) return found;
        if (!is_single(subject, pattern, after)) return nullptr;
        ++subject;
    }
}

/// Behind the single-character item at `pattern`: a letter, a class or a set.
const char* StringMatch::item_end(const char* pattern) {
    if (pattern == pattern_end_) fail(lua_, "malformed pattern (ends too early)");
    const char first = *pattern++;
    if (first == '%') {
        if (pattern == pattern_end_) fail(lua_, "malformed pattern (ends with '%')");
        return pattern + 1;
    }
    if (first != '[') return pattern;
    if (pattern < pattern_end_ && *pattern == '^') ++pattern;
    do {  // The first letter is part of the set, even if it is ']'.
        if (pattern >= pattern_end_) fail(lua_, "malformed pattern (missing ']')");
        if (*pattern++ == '%') ++pattern;
    } while (pattern >= pattern_end_ || *pattern != ']');
    return pattern + 1;
}

bool StringMatch::is_single(const char* subject, const char* pattern, const char* after) {
    step();
    if (subject >= end_) return false;
    switch (*pattern) {
        case '.':
            return true;
        case '%':
            return in_class(byte_at(subject), byte_at(pattern + 1));
        case '[':
            return in_set(byte_at(subject), pattern, after - 1);
        default:
            return *pattern == *subject;
    }
}

/// `set` stands at '[', `bracket` at its ']'.
bool StringMatch::in_set(unsigned char letter, const char* set, const char* bracket) {
    const bool wanted = set[1] != '^';
    if (!wanted) ++set;
    while (++set < bracket) {
        step();
        if (*set == '%') {
            ++set;
            if (in_class(letter, byte_at(set))) return wanted;
        } else if (set[1] == '-' && set + 2 < bracket) {
            set += 2;
            if (byte_at(set - 2) <= letter && letter <= byte_at(set)) return wanted;
        } else if (byte_at(set) == letter) {
            return wanted;
        }
    }
    return !wanted;
}

void StringMatch::push_capture(int index, const char* start, const char* stop) {
    if (index >= captures_) {
        if (index > 0) fail(lua_, "invalid capture index %" + std::to_string(index + 1));
        lua_pushlstring(lua_, start, static_cast<std::size_t>(stop - start));
        return;
    }
    const Capture& capture = capture_[static_cast<std::size_t>(index)];
    if (capture.size == position) {
        lua_pushinteger(lua_, capture.at - begin_ + 1);
    } else if (capture.size == unfinished) {
        fail(lua_, "unfinished capture");
    } else {
        lua_pushlstring(lua_, capture.at, static_cast<std::size_t>(capture.size));
    }
}

int StringMatch::push_captures(const char* start, const char* stop) {
    const int count = captures_ == 0 && start != nullptr ? 1 : captures_;
    luaL_checkstack(lua_, count, "too many captures");
    for (int index = 0; index < count; ++index) push_capture(index, start, stop);
    return count;
}

}  // namespace gyre::world::script
