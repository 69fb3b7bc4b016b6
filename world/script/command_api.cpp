// person:command(line): a sentence as this person, inside the running call.

#include "world/script/api_calls.hpp"
#include "world/script/authority.hpp"
#include "world/script/blame.hpp"
#include "world/script/objects.hpp"
#include "world/script/values.hpp"

#include <array>

namespace gyre::world::script {

namespace {

constexpr int command_cost = 200;  // Reading the sentence; what it calls pays for itself.

/// Ends as the sentence ended: what it refuses is refused, and undone.
int end_as(lua_State* lua, CallResult result, const Transaction::Savepoint& before) {
    switch (result.kind) {
        case CallResult::Kind::done:
        case CallResult::Kind::waiting:
            return 0;
        case CallResult::Kind::declined:
        case CallResult::Kind::refused:
            world_of(lua).transaction.rollback_to(before);
            refuse_with(lua, result.text ? std::move(result.text) : Text::of_data("That does not work."));
        case CallResult::Kind::over_budget:
            raise_kill(lua);
        case CallResult::Kind::failed:
            break;
    }
    raise_fault(lua, *result.fault);
}

/// While a sentence runs that its actor did not type.
class Pressed {
  public:
    Pressed(lua_State* lua, Object& person) : state_(state_of(lua)), before_(state_.pressed) {
        if (before_ == ObjectId::nothing && !may_write(lua, person)) state_.pressed = person.id;
    }
    ~Pressed() { state_.pressed = before_; }
    Pressed(const Pressed&) = delete;
    Pressed& operator=(const Pressed&) = delete;

  private:
    State& state_;
    ObjectId before_;
};

/// p:command(line) [R W]
/// A sentence as this person, within the running call; what it refuses is refused. Only for the actor, one's
/// own, or by wizards' code. Others' code cannot make the actor part with what he holds: that he types.
int command(lua_State* lua) {
    needs_call(lua);
    check_may_change(lua);
    Object& person = check_object(lua, 1);
    const std::string line{check_string(lua, 2)};
    check_may_speak(lua, person);
    charge(lua, command_cost);
    const Runtime& runtime = state_of(lua).runtime;
    if (!runtime.run_line) fail(lua, "there is nobody here to read sentences");
    const Transaction::Savepoint before = world_of(lua).transaction.savepoint();
    CallResult result;
    {
        const Pressed pressed(lua, person);
        result = runtime.run_line(person.id, line);
    }
    return end_as(lua, std::move(result), before);
}

}  // namespace

std::span<const Native> command_natives() {
    static constexpr std::array<Native, 1> natives{{{"command", guarded<command>, Class::person}}};
    return natives;
}

}  // namespace gyre::world::script
