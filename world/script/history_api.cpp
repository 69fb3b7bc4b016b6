// What was done, from the journal: for `history`, `blame` and `undo` of the library.

#include "world/record.hpp"
#include "world/script/api_calls.hpp"
#include "world/script/values.hpp"
#include "world/script/waiting.hpp"
#include "world/undoing.hpp"

#include <array>
#include <utility>

namespace gyre::world::script {

namespace {

constexpr std::size_t most_past_calls = 100;
constexpr std::size_t most_skipped = 100'000;

History& history_of(lua_State* lua) {
    History* history = world_of(lua).history.get();
    if (history == nullptr) fail(lua, "no journal is kept here");
    return *history;
}

Value list_of(std::vector<Value> values) {
    Ref<Container> list = make_ref<Container>();
    list->kind = values.empty() ? Container::Kind::empty : Container::Kind::list;
    list->list = std::move(values);
    return Value{std::move(list)};
}

Value error_value(const std::string& why) {
    Record record;
    record.set("error", Value{why});
    return record.take();
}

// --- What was done

/// The field of the table at 2 as a whole number.
std::size_t count_field(lua_State* lua, const char* name, std::size_t otherwise, std::size_t most) {
    lua_getfield(lua, 2, name);
    const lua_Integer given =
        lua_isnil(lua, -1) ? static_cast<lua_Integer>(otherwise) : luaL_checkinteger(lua, -1);
    lua_pop(lua, 1);
    if (given < 0 || std::cmp_greater(given, most))
        fail(lua, std::string{name} + " is 0 to " + with_commas(static_cast<std::int64_t>(most)));
    return static_cast<std::size_t>(given);
}

ObjectId object_field(lua_State* lua, const char* name) {
    lua_getfield(lua, 2, name);
    const ObjectId id = lua_isnil(lua, -1) ? ObjectId::nothing : check_object(lua, lua_gettop(lua)).id;
    lua_pop(lua, 1);
    return id;
}

Value described(const World& world, const PastCall& call) {
    constexpr std::int64_t ms_per_s = 1000;
    std::vector<Value> properties;
    for (const StoredAtom stored : call.properties) {
        const Atom name = world.atoms.loaded(stored);
        if (name != Atom::none) properties.emplace_back(world.atoms.name(name));
    }
    Record record;
    if (world.objects.living(call.actor) != nullptr) record.set("who", Value{call.actor});
    record.set("line", Value{call.description});
    record.set("service", Value{call.service});
    record.set("time", Value{call.time_ms / ms_per_s});
    record.set("changes", Value{static_cast<std::int64_t>(call.changes)});
    record.set("properties", list_of(std::move(properties)));
    return record.take();
}

/// The player at 1, for whom code of the library looks things up.
Object& check_reader(lua_State* lua, const char* what) {
    check_library(lua, what);
    return check_asked(lua, what);
}

/// p:past_calls{actor=, object=, skip=, limit=} -> list of calls [E Y n]
/// For the library: what was done, the newest first, of what changed something, each as {who, line, service,
/// time, changes, properties}. Looks back over 256 MiB of the journal at most. `{error}` if that cannot be
/// read.
int past_calls(lua_State* lua) {
    check_reader(lua, "past_calls");
    luaL_checktype(lua, 2, LUA_TTABLE);
    HistoryQuery query;
    query.actor = object_field(lua, "actor");
    query.object = object_field(lua, "object");
    query.skip = count_field(lua, "skip", 0, most_skipped);
    query.limit = count_field(lua, "limit", query.limit, most_past_calls);
    History& history = history_of(lua);
    const World& world = world_of(lua);
    Question question;
    question.kind = Question::Kind::job;
    question.job = [&history, &world, query](std::function<void(Value)> done) {
        history.search(query, [&world, done = std::move(done)](const Result<std::vector<PastCall>>& found) {
            if (!found) return done(error_value(found.error().text));
            std::vector<Value> calls;
            for (const PastCall& call : found.value()) calls.push_back(described(world, call));
            done(list_of(std::move(calls)));
        });
    };
    will_wait_for(lua, std::move(question));
    return lua_yield(lua, 0);
}

std::string_view word_for(UndoObstacle::Kind kind) {
    constexpr std::array<std::string_view, 10> words{"changed",  "gone",    "denied", "account",  "money",
                                                     "occupied", "damaged", "inside", "no_place", "namesake"};
    return words.at(static_cast<std::size_t>(kind));
}

/// What the undoing of a call is told to the script: {line, changes, time}, and why not.
Value undone(World& world, const PastCall& call, const std::optional<UndoObstacle>& obstacle) {
    constexpr std::int64_t ms_per_s = 1000;
    Record record;
    record.set("line", Value{call.description});
    record.set("changes", Value{static_cast<std::int64_t>(call.changes)});
    record.set("time", Value{call.time_ms / ms_per_s});
    if (!obstacle) return record.take();
    record.set("obstacle", Value{word_for(obstacle->kind)});
    record.set("property", Value{obstacle->property});
    if (world.objects.living(obstacle->object) != nullptr) record.set("object", Value{obstacle->object});
    return record.take();
}

/// p:undo_past(whose, number) -> {line, changes, time} [E Y W n]
/// For the library: takes back the call of that number among somebody's past calls, 1 being the newest, in
/// a transaction of its own. With `obstacle`, `object` and `property` it was not done; `{error}` if there is
/// none.
int undo_past(lua_State* lua) {
    const Object& player = check_reader(lua, "undo_past");
    HistoryQuery query;
    query.actor = check_object(lua, 2).id;
    const lua_Integer number = luaL_checkinteger(lua, 3);
    if (number < 1 || std::cmp_greater(number, most_skipped)) fail(lua, "undo_past takes a number from 1");
    query.skip = static_cast<std::size_t>(number) - 1;
    query.limit = 1;
    query.with_changes = true;
    World& world = world_of(lua);
    const Account* account = account_of(world, player.id);
    if (account == nullptr) fail(lua, "this character has no account");
    UndoRequest request{player.id, world.transaction.origin().service, {}, {}};
    request.may_change = [&world, name = account->name, id = player.id](const Object& object) {
        const Account* owner = account_of(world, object.owner);
        return object.id == id || (owner != nullptr && owner->name == name) ||
               world.rights_of(id) == Role::wizard;
    };
    Question question;
    question.kind = Question::Kind::job;
    question.job = [&history = history_of(lua), &world, query, request](std::function<void(Value)> done) {
        history.search(query, [&world, request, done = std::move(done)](Result<std::vector<PastCall>> found) {
            if (!found) return done(error_value(found.error().text));
            if (found.value().empty()) return done(error_value("nothing"));
            UndoRequest ready = request;
            ready.call = std::move(found.value().front());
            const std::optional<UndoObstacle> obstacle = undo(world, ready);
            done(undone(world, ready.call, obstacle));
        });
    };
    will_wait_for(lua, std::move(question));
    return lua_yield(lua, 0);
}

}  // namespace

std::span<const Native> history_natives() {
    static constexpr std::array<Native, 2> natives{{{"past_calls", guarded<past_calls>, Class::player},
                                                    {"undo_past", guarded<undo_past>, Class::player}}};
    return natives;
}

}  // namespace gyre::world::script
