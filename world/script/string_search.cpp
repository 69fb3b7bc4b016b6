// What searches in strings. Patterns are matched by StringMatch; plain searches by memmem, which takes linear
// time.

#include "world/script/string_search.hpp"

#include "world/script/state.hpp"
#include "world/script/string_bounds.hpp"
#include "world/script/string_match.hpp"
#include "world/script/values.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

namespace gyre::world::script {

namespace {

bool has_magic(std::string_view pattern) {
    return pattern.find_first_of("^$*+?.([%-") != std::string_view::npos;
}

/// The subject's index where to begin, or -1 if that is behind its end.
std::ptrdiff_t start_of(lua_State* lua, int index, std::string_view subject) {
    const lua_Integer start =
        std::max<lua_Integer>(from_start(luaL_optinteger(lua, index, 1), subject.size()), 1);
    return start > static_cast<lua_Integer>(subject.size()) + 1 ? -1 : static_cast<std::ptrdiff_t>(start - 1);
}

int find_plain(lua_State* lua, std::string_view subject, std::string_view wanted, std::ptrdiff_t start) {
    charge(lua, (subject.size() + wanted.size()) / 32);
    const char* from = subject.data() + start;
    const void* found =
        ::memmem(from, subject.size() - static_cast<std::size_t>(start), wanted.data(), wanted.size());
    if (found == nullptr) {
        lua_pushnil(lua);
        return 1;
    }
    const std::ptrdiff_t at = static_cast<const char*>(found) - subject.data();
    lua_pushinteger(lua, at + 1);
    lua_pushinteger(lua, at + static_cast<std::ptrdiff_t>(wanted.size()));
    return 2;
}

enum class Wanted : std::uint8_t { place, captures };

int search(lua_State* lua, Wanted wanted) {
    const std::string_view subject = check_string(lua, 1);
    std::string_view pattern = check_string(lua, 2);
    const std::ptrdiff_t start = start_of(lua, 3, subject);
    if (start < 0) {
        lua_pushnil(lua);
        return 1;
    }
    if (wanted == Wanted::place && (lua_toboolean(lua, 4) != 0 || !has_magic(pattern)))
        return find_plain(lua, subject, pattern, start);
    const bool anchored = !pattern.empty() && pattern.front() == '^';
    if (anchored) pattern.remove_prefix(1);
    StringMatch matcher{lua, subject, pattern};
    for (const char* at = subject.data() + start; at <= matcher.end(); ++at) {
        if (const char* stop = matcher.match(at)) {
            if (wanted == Wanted::captures) return matcher.push_captures(at, stop);
            lua_pushinteger(lua, at - matcher.begin() + 1);
            lua_pushinteger(lua, stop - matcher.begin());
            return 2 + matcher.push_captures(nullptr, nullptr);
        }
        if (anchored) break;
    }
    lua_pushnil(lua);
    return 1;
}

/// string.find(s, pattern[, from[, plain]]) -> first, last, captures | nil [n]
/// As in Lua. A pattern is charged for each step it takes.
int find(lua_State* lua) { return search(lua, Wanted::place); }
/// string.match(s, pattern[, from]) -> captures | nil [n]
/// As in Lua. A pattern is charged for each step it takes.
int match(lua_State* lua) { return search(lua, Wanted::captures); }

/// Upvalues: subject, pattern, where to go on, where the last match ended.
int next_match(lua_State* lua) {
    const std::string_view subject = check_string(lua, lua_upvalueindex(1));
    StringMatch matcher{lua, subject, check_string(lua, lua_upvalueindex(2))};
    const lua_Integer last = lua_tointeger(lua, lua_upvalueindex(4));
    const char* at = subject.data() + lua_tointeger(lua, lua_upvalueindex(3));
    for (; at <= matcher.end(); ++at) {
        const char* stop = matcher.match(at);
        if (stop == nullptr || stop - matcher.begin() == last) continue;
        lua_pushinteger(lua, stop - matcher.begin());
        lua_copy(lua, -1, lua_upvalueindex(3));
        lua_replace(lua, lua_upvalueindex(4));
        return matcher.push_captures(at, stop);
    }
    return 0;
}

/// string.gmatch(s, pattern) -> iterator [n]
/// As in Lua.
int each_match(lua_State* lua) {
    const std::string_view subject = check_string(lua, 1);
    check_string(lua, 2);
    const std::ptrdiff_t start = start_of(lua, 3, subject);
    lua_settop(lua, 2);
    lua_pushinteger(lua, start < 0 ? static_cast<lua_Integer>(subject.size()) + 1 : start);
    lua_pushinteger(lua, -1);
    lua_pushcclosure(lua, guarded<next_match>, 4);
    return 1;
}

// --- Replacing

/// string.gsub: subject 1, pattern 2, replacement 3, at most so many 4.
class Substitution {
  public:
    explicit Substitution(lua_State* lua)
        : lua_(lua), subject_(check_string(lua, 1)), pattern_(check_string(lua, 2)), type_(lua_type(lua, 3)) {
        const bool fits =
            type_ == LUA_TNUMBER || type_ == LUA_TSTRING || type_ == LUA_TTABLE || type_ == LUA_TFUNCTION;
        if (!fits) {
            luaL_argerror(
                lua, 3,
                ("a string, table or function is needed (got " + describe_value(lua, 3) + ")").c_str());
        }
        anchored_ = !pattern_.empty() && pattern_.front() == '^';
        if (anchored_) pattern_.remove_prefix(1);
    }

    int run() {
        StringMatch matcher{lua_, subject_, pattern_};
        const lua_Integer most = luaL_optinteger(lua_, 4, static_cast<lua_Integer>(subject_.size()) + 1);
        const char* at = subject_.data();
        const char* last = nullptr;
        lua_Integer count = 0;
        while (count < most) {
            const char* stop = matcher.match(at);
            if (stop != nullptr && stop != last) {
                ++count;
                replace(matcher, at, stop);
                at = last = stop;
            } else if (at < matcher.end()) {
                result_ += *at++;
            } else {
                break;
            }
            if (anchored_) break;
        }
        add({at, static_cast<std::size_t>(matcher.end() - at)});
        lua_pushlstring(lua_, result_.data(), result_.size());
        lua_pushinteger(lua_, count);
        return 2;
    }

  private:
    void add(std::string_view piece) {
        if (result_.size() + piece.size() > max_string) too_long(lua_);
        charge(lua_, piece.size() / 32);
        charge_bytes(lua_, piece.size());
        result_ += piece;
    }
    void replace(StringMatch& matcher, const char* start, const char* stop) {
        const std::string_view whole{start, static_cast<std::size_t>(stop - start)};
        if (type_ == LUA_TSTRING || type_ == LUA_TNUMBER) return expand(matcher, start, stop);
        if (type_ == LUA_TFUNCTION) {
            lua_pushvalue(lua_, 3);
            lua_call(lua_, matcher.push_captures(start, stop), 1);
        } else {
            matcher.push_capture(0, start, stop);
            lua_rawget(lua_, 3);
        }
        if (lua_toboolean(lua_, -1) == 0) {
            add(whole);
        } else {
            if (lua_isstring(lua_, -1) == 0)
                fail(lua_, "the replacement must be a string (got " + describe_value(lua_, -1) + ")");
            add(check_string(lua_, -1));
        }
        lua_pop(lua_, 1);
    }
    /// The replacement string with its %0 to %9.
    void expand(StringMatch& matcher, const char* start, const char* stop) {
        const std::string_view pattern = check_string(lua_, 3);
        for (std::size_t at = 0; at < pattern.size(); ++at) {
            if (pattern[at] != '%') {
                const std::size_t percent = std::min(pattern.find('%', at), pattern.size());
                add(pattern.substr(at, percent - at));
                at = percent - 1;
                continue;
            }
            const char digit = ++at < pattern.size() ? pattern[at] : '\0';
            if (digit == '%') {
                add("%");
            } else if (digit == '0') {
                add({start, static_cast<std::size_t>(stop - start)});
            } else if (digit >= '1' && digit <= '9') {
                matcher.push_capture(digit - '1', start, stop);
                add(check_string(lua_, -1));
                lua_pop(lua_, 1);
            } else {
                fail(lua_, "invalid use of '%' in replacement string");
            }
        }
    }

    lua_State* lua_;
    std::string_view subject_;
    std::string_view pattern_;
    int type_;
    bool anchored_ = false;
    std::string result_;
};

/// string.gsub(s, pattern, replacement[, most]) -> string, how many [E n]
/// As in Lua; `replacement` is a string, table or function. The result has at most 1 MB.
int substitute(lua_State* lua) { return Substitution{lua}.run(); }

}  // namespace

void add_string_searches(lua_State* lua) {
    set_functions(lua, {{"find", guarded<find>},
                        {"gmatch", guarded<each_match>},
                        {"gsub", guarded<substitute>},
                        {"match", guarded<match>}});
}

}  // namespace gyre::world::script
