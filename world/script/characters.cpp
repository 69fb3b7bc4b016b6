#include "world/script/characters.hpp"

#include "world/script/frames.hpp"
#include "world/script/state.hpp"
#include "world/script/values.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace gyre::world::script {

namespace {

constexpr std::array<std::string_view, 2> looks{"description", "pronouns"};

/// Whether the world's files or a wizard wrote what runs; on behalf of a builder the library has his rights.
bool is_trusted(lua_State* lua) {
    const State& state = state_of(lua);
    const Author writer = author(lua);
    if (writer.engine) return true;
    if (writer.code == nullptr) return false;
    const bool acts = writer.code->owner.empty() && !state.acting_for.empty();
    if (acts) return state.world.rights_of(state.world.transaction.origin().actor) == Role::wizard;
    return written_by_wizard(state.world, *writer.code);
}

}  // namespace

bool may_write_character(lua_State* lua, const Object& object, std::string_view what) {
    if ((object.of->kinds & Class::player) == 0) return true;
    return std::find(looks.begin(), looks.end(), what) != looks.end() || is_trusted(lua);
}

void check_write_character(lua_State* lua, const Object& object, std::string_view what) {
    if (may_write_character(lua, object, what)) return;
    fail(lua, "code may write a character's description and pronouns; its " + std::string{what} +
                  " is the world's to change");
}

}  // namespace gyre::world::script
