// What a line would do: for `dryrun` and `why` of the library.

#include "world/script/announcing.hpp"
#include "world/script/api_calls.hpp"
#include "world/script/texts.hpp"
#include "world/script/values.hpp"
#include "world/sentence/pattern.hpp"

#include <array>
#include <set>
#include <utility>

namespace gyre::world::script {

namespace {

constexpr int dry_run_cost = 500;

std::string_view outcome_word(CallResult::Kind kind) {
    switch (kind) {
        case CallResult::Kind::done:
            return "done";
        case CallResult::Kind::waiting:
            return "waiting";
        case CallResult::Kind::declined:
            return "declined";
        case CallResult::Kind::refused:
            return "refused";
        case CallResult::Kind::failed:
        case CallResult::Kind::over_budget:
            break;
    }
    return "failed";
}

void set_value(lua_State* lua, const char* name, const Value& value) {
    push_loose(lua, value);
    lua_setfield(lua, -2, name);
}

/// Who asks what would be, and from which object on the line has made them.
struct Asking {
    ObjectId player;
    ObjectId first_made;
};

/// Whether an object that the line makes is the player's, or in his sight.
bool may_know(World& world, const Object& made, const Asking& asking) {
    return made.owner == asking.player || world.perception.sees(asking.player, made.id);
}

/// An object that the line makes is gone when he reads of it: its name stays, if he may know it.
Value lasting(World& world, const Value& value, const Asking& asking) {
    if (value.tag() != Value::Tag::object || value.object() < asking.first_made) return value;
    Object* const made = world.objects.living(value.object());
    if (made == nullptr || !may_know(world, *made, asking)) return Value{std::string_view{"something"}};
    return Value{world.string(*made, atom(atoms::name))};
}

void push_step(lua_State* lua, const LineStep& step, ObjectId first_made) {
    const World& world = world_of(lua);
    lua_createtable(lua, 0, 6);
    if (step.object < first_made && world.objects.living(step.object) != nullptr)
        set_value(lua, "object", Value{step.object});
    set_value(lua, "method", Value{world.atoms.name(step.method)});
    set_value(lua, "rule", Value{step.is_rule});
    set_value(lua, "outcome", Value{outcome_word(step.result)});
    if (step.words) set_value(lua, "words", Value{step.words});
    if (step.verb == nullptr) return;
    set_value(lua, "pattern", Value{step.verb->pattern->source});
    set_value(lua, "class", Value{step.verb->declared_in->title});
}

void push_told(lua_State* lua, const Transaction::Told& told) {
    const World& world = world_of(lua);
    lua_createtable(lua, 0, 2);
    if (world.objects.living(told.observer) != nullptr) set_value(lua, "who", Value{told.observer});
    set_value(lua, "words", Value{text::plain(*told.tree)});
}

/// Pushes what came to be or is gone with a change of this object, once for each; false: nothing to tell.
bool push_birth_or_end(lua_State* lua, const Object& object, const Asking& asking, std::set<ObjectId>& told) {
    World& world = world_of(lua);
    const bool is_made = object.id >= asking.first_made;
    if (is_made != object.alive() || !told.insert(object.id).second) return false;
    if (is_made && !may_know(world, object, asking)) return false;
    lua_createtable(lua, 0, 2);
    if (is_made) {
        set_value(lua, "made", lasting(world, Value{object.id}, asking));
        return true;
    }
    push_handle(lua, Handle::object, number(object.id));  // It is alive again for who reads this.
    lua_setfield(lua, -2, "object");
    set_value(lua, "destroyed", Value{true});
    return true;
}

/// Pushes what became of one property; false: it is nobody else's business.
bool push_property(lua_State* lua, const Object& object, Atom name, const Change& change,
                   const Asking& asking) {
    World& world = world_of(lua);
    const Member* member = object.of->find(name);
    if (member != nullptr && member->is_private) return false;
    lua_createtable(lua, 0, 4);
    set_value(lua, "object", Value{object.id});
    set_value(lua, "property", Value{world.atoms.name(name)});
    set_value(lua, "entry", Value{change.key.has_value()});
    set_value(lua, "value", lasting(world, ByteReader{change.after}.value(), asking));
    return true;
}

/// Pushes the object, property and value of each change, or what is made, or the object and `destroyed`; what
/// an object keeps of itself by '#', and what `player` may not know, is left out.
void push_changes(lua_State* lua, std::string_view encoded, const Asking& asking) {
    const World& world = world_of(lua);
    lua_newtable(lua);
    lua_Integer count = 0;
    std::set<ObjectId> told;
    ByteReader reader{encoded};
    while (!reader.at_end()) {
        const std::optional<Change> change = reader.change();
        if (!change) return;
        charge(lua, 20);
        const Atom name = world.atoms.loaded(change->property);
        const Object* object = world.objects.find(change->object);
        if (object == nullptr || name == Atom::none) continue;
        const bool is_property = object->id < asking.first_made && object->alive();
        const bool is_pushed = is_property ? push_property(lua, *object, name, *change, asking)
                                           : push_birth_or_end(lua, *object, asking, told);
        if (is_pushed) lua_rawseti(lua, -2, ++count);
    }
}

template <class Items, class Push>
void push_list(lua_State* lua, const Items& items, Push&& push) {
    lua_createtable(lua, static_cast<int>(items.size()), 0);
    lua_Integer index = 0;
    for (const auto& item : items) {
        charge(lua, 20);
        push(lua, item);
        lua_rawseti(lua, -2, ++index);
    }
}

/// Ends the watch: whether somebody spoke there whose words to others are not this player's to read.
bool others_have_spoken(lua_State* lua, const Object& player) {
    const World& world = world_of(lua);
    const Account* account = account_of(world, player.id);
    const bool others = others_spoke(lua, account == nullptr ? std::string{} : account->name);
    return others && world.rights_of(player.id) != Role::wizard;
}

/// Runs the line as far as it would get without waiting.
CallResult rehearse(State& state, ObjectId player, std::string_view line, std::vector<LineStep>& steps) {
    const int outer = std::exchange(state.rehearsed, state.nested_calls + 1);
    CallResult result = state.runtime.trace_line(player, line, steps);
    state.rehearsed = outer;
    return result;
}

/// What it would wait for: `asks`, what the player reads; or `waits`, how many seconds.
void push_question(lua_State* lua, const Question& question) {
    if (question.kind == Question::Kind::time) {
        set_value(lua, "waits", Value{question.seconds});
    } else if (question.kind != Question::Kind::job) {
        set_value(lua, "asks", Value{question.prompt});
    }
}

/// p:dry_run(line) -> {outcome, words, error, asks, waits, steps, told, changes, secret} [E n]
/// For the library: what that line would do, without doing it, up to where it would ask the player something
/// or wait. Calls that follow one, such as listeners', are left out. With `secret` code of another's would
/// tell something: what others read then is theirs.
int dry_run(lua_State* lua) {
    needs_call(lua);
    check_may_change(lua);
    check_library(lua, "dry_run");
    const Object& player = check_object(lua, 1);
    const std::string line{check_string(lua, 2)};
    check_may_speak(lua, player);
    charge(lua, dry_run_cost);
    State& state = state_of(lua);
    if (!state.runtime.trace_line) fail(lua, "there is nobody here to read sentences");
    Transaction& transaction = state.world.transaction;
    const Transaction::Savepoint before = transaction.savepoint();
    const ObjectId first_made = state.world.objects.next_id();
    std::vector<LineStep> steps;
    watch_speakers(lua);
    const CallResult result = rehearse(state, player.id, line, steps);
    const bool secret = others_have_spoken(lua, player);
    if (result.kind == CallResult::Kind::over_budget) raise_kill(lua);
    lua_createtable(lua, 0, 7);
    set_value(lua, "secret", Value{secret});
    set_value(lua, "outcome", Value{outcome_word(result.kind)});
    if (result.text) set_value(lua, "words", Value{result.text});
    if (!result.error().empty()) set_value(lua, "error", Value{result.error()});
    if (result.question) push_question(lua, *result.question);
    push_list(lua, steps,
              [first_made](lua_State* to, const LineStep& step) { push_step(to, step, first_made); });
    lua_setfield(lua, -2, "steps");
    push_list(lua, transaction.told_since(before), push_told);
    lua_setfield(lua, -2, "told");
    push_changes(lua, transaction.changes_since(before), {player.id, first_made});
    lua_setfield(lua, -2, "changes");
    transaction.rollback_to(before);
    return 1;
}

}  // namespace

std::span<const Native> dry_run_natives() {
    static constexpr std::array<Native, 1> natives{{{"dry_run", guarded<dry_run>, Class::player}}};
    return natives;
}

}  // namespace gyre::world::script
