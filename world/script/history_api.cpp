// What was done, from the journal: for `history`, `blame` and `undo` of the library.

#include "world/record.hpp"
#include "world/script/api_calls.hpp"
#include "world/script/class_store.hpp"
#include "world/script/values.hpp"
#include "world/script/waiting.hpp"
#include "world/undoing.hpp"

#include <array>
#include <utility>

namespace gyre::world::script {

namespace {

constexpr std::size_t most_past_calls = 100;
constexpr std::size_t most_skipped = 100'000;
constexpr std::size_t most_classes = 10;

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

/// The list of names in the table at 2.
std::vector<std::string> names_field(lua_State* lua, const char* name) {
    std::vector<std::string> names;
    lua_getfield(lua, 2, name);
    if (lua_isnil(lua, -1)) return names;
    luaL_checktype(lua, -1, LUA_TTABLE);
    const std::size_t count = lua_rawlen(lua, -1);
    if (count > most_classes) fail(lua, std::string{name} + " are 10 at most");
    for (std::size_t index = 1; index <= count; ++index) {
        lua_rawgeti(lua, -1, static_cast<lua_Integer>(index));
        names.emplace_back(check_string(lua, lua_gettop(lua)));
        lua_pop(lua, 1);
    }
    lua_pop(lua, 1);
    return names;
}

/// Whose classes a player looks at: his own; with his wizard's rights on everybody's, which is "".
std::string account_looked_at(lua_State* lua, const Object& player) {
    const World& world = world_of(lua);
    const Account* account = account_of(world, player.id);
    if (account == nullptr) fail(lua, "this character has no account");
    return world.rights_of(player.id) == Role::wizard ? std::string{} : account->name;
}

Value described(const ClassChange& change) {
    constexpr std::array<std::string_view, 3> words{"added", "changed", "removed"};
    std::vector<Value> parts;
    for (const SourceDifference& difference : change.differences) {
        Record part;
        part.set("name", Value{difference.name});
        part.set("label", Value{difference.label});
        part.set("what", Value{words.at(static_cast<std::size_t>(difference.kind))});
        parts.push_back(part.take());
    }
    Record record;
    record.set("name", Value{change.class_name});
    if (change.version > 0) record.set("version", Value{change.version});
    record.set("new", Value{change.is_new});
    record.set("parts", list_of(std::move(parts)));
    return record.take();
}

Value described(const World& world, const PastCall& call) {
    constexpr std::int64_t ms_per_s = 1000;
    std::vector<Value> properties;
    for (const StoredAtom stored : call.properties) {
        const Atom name = world.atoms.loaded(stored);
        if (name != Atom::none) properties.emplace_back(world.atoms.name(name));
    }
    std::vector<Value> classes;
    for (const ClassChange& change : call.classes) classes.push_back(described(change));
    Record record;
    record.set("classes", list_of(std::move(classes)));
    if (world.objects.living(call.actor) != nullptr) record.set("who", Value{call.actor});
    record.set("line", Value{call.description});
    record.set("service", Value{call.service});
    record.set("time", Value{call.time_ms / ms_per_s});
    record.set("changes", Value{static_cast<std::int64_t>(call.changes)});
    record.set("cause", Value{static_cast<std::int64_t>(call.cause)});
    if (call.undid != 0) record.set("undid", Value{static_cast<std::int64_t>(call.undid)});
    record.set("redid", Value{call.redid});
    record.set("properties", list_of(std::move(properties)));
    return record.take();
}

/// The player at 1, for whom code of the library looks things up.
Object& check_reader(lua_State* lua, const char* what) {
    check_library(lua, what);
    return check_asked(lua, what);
}

/// p:past_calls{actor=, object=, classes=, skip=, limit=} -> list of calls [E Y n]
/// For the library: what was done, the newest first, of what changed something, each as {who, line, service,
/// time, changes, properties, classes, cause}, of an undo also `undid`, the cause of what it took back, and
/// `redid` if that was an undo. `classes` of the question names classes made in the game, those that
/// the player may read; in an answer it tells of each {name, version, new, parts}, without `version` it was
/// taken away, and each part is {name, label, what}, which is "added", "changed" or "removed". Looks back
/// over 256 MiB of the journal at most. `{error}` if that cannot be read.
int past_calls(lua_State* lua) {
    const Object& player = check_reader(lua, "past_calls");
    luaL_checktype(lua, 2, LUA_TTABLE);
    HistoryQuery query;
    query.actor = object_field(lua, "actor");
    query.object = object_field(lua, "object");
    query.classes = names_field(lua, "classes");
    if (!query.classes.empty()) query.owner = account_looked_at(lua, player);
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
    constexpr std::array<std::string_view, 11> words{"changed",  "gone",     "denied",  "account",
                                                     "money",    "occupied", "damaged", "inside",
                                                     "no_place", "namesake", "code"};
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
    if (!obstacle->class_name.empty()) record.set("class", Value{obstacle->class_name});
    if (!obstacle->why.empty()) record.set("why", Value{obstacle->why});
    if (world.objects.living(obstacle->object) != nullptr) record.set("object", Value{obstacle->object});
    return record.take();
}

UndoRights rights_of(const World& world, const Account& account, ObjectId player) {
    UndoRights rights;
    rights.may_change = [&world, name = account.name, player](const Object& object) {
        const Account* owner = account_of(world, object.owner);
        return object.id == player || (owner != nullptr && owner->name == name) ||
               world.rights_of(player) == Role::wizard;
    };
    rights.may_program = [&world, name = account.name, player](const std::string& owner) {
        return owner == name || world.rights_of(player) == Role::wizard;
    };
    return rights;
}

/// p:undo_past(whose, cause) -> {line, changes, time} [E Y W n]
/// For the library: takes back that one of somebody's past calls, in a transaction of its own. With
/// `obstacle`, and `object`, `property`, `class` and `why` as far as they say more, it was not done;
/// `{error}` if there is none.
int undo_past(lua_State* lua) {
    const Object& player = check_reader(lua, "undo_past");
    HistoryQuery query;
    query.actor = check_object(lua, 2).id;
    const lua_Integer cause = luaL_checkinteger(lua, 3);
    if (cause < 1) fail(lua, "undo_past takes the cause of a call");
    query.cause = static_cast<std::uint64_t>(cause);
    query.limit = 1;
    query.with_changes = true;
    World& world = world_of(lua);
    const Account* account = account_of(world, player.id);
    if (account == nullptr) fail(lua, "this character has no account");
    UndoRequest request{player.id, world.transaction.origin().service, {}, {}};
    request.rights = rights_of(world, *account, player.id);
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

/// p:past_source(name, version) -> {source} [E Y n]
/// For the library: a class made in the game as it was, one of the player's or with his wizard's rights on
/// anybody's, as far back as the journal goes. `{error}` if it cannot be found: "nothing", or why.
int past_source(lua_State* lua) {
    const Object& player = check_reader(lua, "past_source");
    SourceQuery query;
    query.name = check_string(lua, 2);
    query.version = luaL_checkinteger(lua, 3);
    query.owner = account_looked_at(lua, player);
    Question question;
    question.kind = Question::Kind::job;
    question.job = [&history = history_of(lua), query](std::function<void(Value)> done) {
        history.search(query, [done = std::move(done)](const Result<StoredSource>& found) {
            if (!found) {
                const bool is_missing = found.error().code == Errc::not_found;
                return done(error_value(is_missing ? "nothing" : found.error().text));
            }
            Record record;
            record.set("source", Value{found.value().source});
            done(record.take());
        });
    };
    will_wait_for(lua, std::move(question));
    return lua_yield(lua, 0);
}

}  // namespace

std::span<const Native> history_natives() {
    static constexpr std::array<Native, 3> natives{{{"past_calls", guarded<past_calls>, Class::player},
                                                    {"past_source", guarded<past_source>, Class::player},
                                                    {"undo_past", guarded<undo_past>, Class::player}}};
    return natives;
}

}  // namespace gyre::world::script
