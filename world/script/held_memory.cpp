// A call that waits keeps its locals for as long as its player likes, so what they hold is limited. Lua does
// not say whose a block is; this walks over what the coroutine can reach, and ends as soon as that is too
// much.

#include "world/script/held_memory.hpp"

#include "world/script/state.hpp"

#include <string_view>
#include <unordered_set>

namespace gyre::world::script {

namespace {

// About what Lua 5.4 takes for each, on 64 bits.
constexpr std::size_t string_bytes = 24;
constexpr std::size_t table_bytes = 56;
constexpr std::size_t entry_bytes = 40;
constexpr std::size_t function_bytes = 64;

class Walk {
  public:
    Walk(lua_State* lua, std::size_t limit) : lua_(lua), limit_(limit) {
        luaL_checkstack(lua, 8, nullptr);
        lua_newtable(lua);
        queue_ = lua_gettop(lua);
    }

    std::size_t run() {
        lua_Debug frame;
        for (int level = 1; lua_getstack(lua_, level, &frame) != 0 && bytes_ <= limit_; ++level)
            add_frame(frame);
        while (waiting_ > 0 && bytes_ <= limit_) {
            lua_rawgeti(lua_, queue_, waiting_);
            lua_pushnil(lua_);
            lua_rawseti(lua_, queue_, waiting_--);
            lua_istable(lua_, -1) ? add_entries() : add_upvalues();
            lua_pop(lua_, 1);
        }
        lua_settop(lua_, queue_ - 1);
        charge(lua_, 50 + steps_);
        return bytes_;
    }

  private:
    void add_frame(lua_Debug& frame) {
        for (int index = 1; lua_getlocal(lua_, &frame, index) != nullptr; ++index) add();
        for (int index = -1; lua_getlocal(lua_, &frame, index) != nullptr; --index) add();  // Of `...`.
        lua_getinfo(lua_, "f", &frame);
        add();
    }
    void add_entries() {
        lua_pushnil(lua_);
        while (lua_next(lua_, -2) != 0 && bytes_ <= limit_) {
            bytes_ += entry_bytes;
            add();
            lua_pushvalue(lua_, -1);
            add();
        }
        lua_settop(lua_, queue_ + 1);
    }
    void add_upvalues() {
        for (int index = 1; const char* name = lua_getupvalue(lua_, -1, index); ++index) {
            // The environment is the class's, and everybody's.
            if (std::string_view{name} == "_ENV") {
                lua_pop(lua_, 1);
            } else {
                add();
            }
        }
    }
    /// Counts the value on top and takes it away; what it holds is looked at later.
    void add() {
        ++steps_;
        const int type = lua_type(lua_, -1);
        const bool counts = type == LUA_TSTRING || type == LUA_TTABLE || type == LUA_TFUNCTION;
        if (!counts || !seen_.insert(lua_topointer(lua_, -1)).second) return lua_pop(lua_, 1);
        if (type == LUA_TSTRING) {
            bytes_ += string_bytes + lua_rawlen(lua_, -1);
            return lua_pop(lua_, 1);
        }
        bytes_ += type == LUA_TTABLE ? table_bytes : function_bytes;
        lua_rawseti(lua_, queue_, ++waiting_);
    }

    lua_State* lua_;
    std::size_t limit_;
    int queue_ = 0;
    lua_Integer waiting_ = 0;
    std::size_t bytes_ = 0;
    std::size_t steps_ = 0;
    std::unordered_set<const void*> seen_;
};

}  // namespace

std::size_t held_bytes(lua_State* lua, std::size_t limit) {
    const std::size_t texts = state_of(lua).texts.held_bytes();
    return texts > limit ? texts : texts + Walk{lua, limit - texts}.run();
}

}  // namespace gyre::world::script
