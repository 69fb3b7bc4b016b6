// Objects as files: what the commands `export` and `import` are made of, and the same for wizards' code.

#include "world/importing.hpp"
#include "world/record.hpp"
#include "world/script/api_calls.hpp"
#include "world/script/values.hpp"
#include "world/script/waiting.hpp"

#include <array>
#include <utility>

namespace gyre::world::script {

namespace {

/// How faults call what was typed or piped.
constexpr const char* unnamed_file = "import";

Value list_of(const std::vector<std::string>& words) {
    Ref<Container> list = make_ref<Container>();
    list->kind = words.empty() ? Container::Kind::empty : Container::Kind::list;
    for (const std::string& each : words) list->list.emplace_back(each);
    return Value{std::move(list)};
}

Value count_of(std::size_t number) { return Value{static_cast<std::int64_t>(number)}; }

Value described(const Exported& exported) {
    Record record;
    record.set("text", Value{exported.text});
    record.set("objects", count_of(exported.objects));
    record.set("classes", count_of(exported.classes));
    record.set("left_out", list_of(exported.left_out));
    record.set("faults", list_of(exported.faults));
    return record.take();
}

Value described(const Imported& imported) {
    Record record;
    record.set("made", count_of(imported.made));
    record.set("changed", count_of(imported.changed));
    record.set("unchanged", count_of(imported.unchanged));
    record.set("classes", count_of(imported.classes));
    record.set("notes", list_of(imported.notes));
    record.set("faults", list_of(imported.faults));
    return record.take();
}

/// What this player may see and change: his own, and with wizard's rights on all.
ExchangeRights rights_of(World& world, ObjectId player) {
    ExchangeRights rights;
    rights.may_write = [&world, player](const Object& object) {
        const Account* account = account_of(world, player);
        const bool is_his = account != nullptr && account == account_of(world, object.owner);
        return is_his || (account != nullptr && world.rights_of(player) == Role::wizard);
    };
    rights.may_read = [&world, player](const StoredSource& made, const Class& of) {
        const Account* account = account_of(world, player);
        const bool is_his = account != nullptr && made.owner == account->name;
        return is_his || of.is_shared || world.rights_of(player) == Role::wizard;
    };
    return rights;
}

std::vector<ObjectId> objects_at(lua_State* lua, int index) {
    std::vector<ObjectId> objects;
    if (object_at(lua, index) != ObjectId::nothing) return {check_object(lua, index).id};
    luaL_checktype(lua, index, LUA_TTABLE);
    const lua_Unsigned count = lua_rawlen(lua, index);
    charge(lua, 10 * count);
    for (lua_Unsigned at = 1; at <= count; ++at) {
        lua_rawgeti(lua, index, static_cast<lua_Integer>(at));
        objects.push_back(check_object(lua, lua_gettop(lua)).id);
        lua_pop(lua, 1);
    }
    return objects;
}

/// A text, or a map of names and texts.
std::vector<ImportRequest::File> files_at(lua_State* lua, int index) {
    if (lua_type(lua, index) == LUA_TSTRING) return {{unnamed_file, std::string{check_string(lua, index)}}};
    luaL_checktype(lua, index, LUA_TTABLE);
    std::vector<ImportRequest::File> files;
    lua_pushnil(lua);
    while (lua_next(lua, index) != 0) {
        if (lua_type(lua, -2) != LUA_TSTRING) fail(lua, "import takes a text, or a map of names and texts");
        files.push_back({std::string{check_string(lua, lua_gettop(lua) - 1)},
                         std::string{check_string(lua, lua_gettop(lua))}});
        lua_pop(lua, 1);
    }
    return files;
}

/// Ends the running piece of the call; the import is one of its own, with the same cause.
int wait_for_import(lua_State* lua, const Object& player, std::vector<ImportRequest::File> files) {
    World& world = world_of(lua);
    const Account* account = account_of(world, player.id);
    if (account == nullptr) fail(lua, "this character has no account");
    ImportRequest request;
    request.files = std::move(files);
    request.importer = player.id;
    request.account = account->name;
    request.is_wizard = world.rights_of(player.id) == Role::wizard;
    request.rights = rights_of(world, player.id);
    request.origin = world.transaction.origin();
    // No account is called so: those of its code are counted apart.
    request.templates = &state_of(lua).parsed_templates[account->name + "/import"];
    Question question;
    question.kind = Question::Kind::job;
    question.job = [&world, request = std::move(request)](const std::function<void(Value)>& done) {
        const Clock::Steady begun = world.clock.steady();
        const Imported imported = import_objects(world, request);
        world.owner_limits.charge(request.account, world.clock.steady() - begun);
        done(described(imported));
    };
    // What was read is not held while it waits.
    lua_settop(lua, 0);
    will_wait_for(lua, std::move(question));
    return lua_yield(lua, 0);
}

/// The player at 1, whose line began this, for code of the library.
Object& check_exchanger(lua_State* lua, const char* what) {
    check_library(lua, what);
    return check_asked(lua, what);
}

/// p:export_objects(list) -> {text, objects, classes, left_out, faults} [E Y n]
/// For the library: objects of the player's as a file. With `faults` there is no text.
int export_objects_of(lua_State* lua) {
    const Object& player = check_exchanger(lua, "export_objects");
    World& world = world_of(lua);
    Question question;
    question.kind = Question::Kind::job;
    question.job = [&world, objects = objects_at(lua, 2),
                    rights = rights_of(world, player.id)](const std::function<void(Value)>& done) {
        done(described(export_by_engine(world, objects, rights)));
    };
    will_wait_for(lua, std::move(question));
    return lua_yield(lua, 0);
}

/// p:import_text(files) -> {made, changed, unchanged, classes, notes, faults} [E Y W]
/// For the library: makes what a file says, or a map of files, as the player's. With `faults` nothing has
/// happened.
int import_text_of(lua_State* lua) {
    const Object& player = check_exchanger(lua, "import_text");
    return wait_for_import(lua, player, files_at(lua, 2));
}

/// p:takes_file() -> boolean
/// For the library: whether the door by which this player's line came hands on what a command returns, byte
/// by byte.
int takes_file(lua_State* lua) {
    const Object& player = check_object(lua, 1);
    const SessionId session = world_of(lua).transaction.origin().session;
    bool takes = false;
    if (player.subscribers != nullptr) {
        for (const Subscriber* each : player.subscribers->sessions) {
            const SessionFacts facts = each->facts();
            takes = takes || (facts.id == session && facts.service == "exec");
        }
    }
    lua_pushboolean(lua, takes ? 1 : 0);
    return 1;
}

}  // namespace

int system_export(lua_State* lua) {
    World& world = world_of(lua);
    const Exported exported =
        export_objects(world, objects_at(lua, 1), rights_of(world, world.transaction.origin().actor));
    if (!exported.faults.empty()) fail(lua, exported.faults.front());
    charge(lua, 100 * exported.objects + exported.text.size() / 16);
    lua_pushlstring(lua, exported.text.data(), exported.text.size());
    return 1;
}

int system_import(lua_State* lua) {
    push_handle(lua, Handle::object, number(world_of(lua).transaction.origin().actor));
    lua_insert(lua, 1);
    const Object& wizard = check_asked(lua, "import");
    return wait_for_import(lua, wizard, files_at(lua, 2));
}

std::span<const Native> exchange_natives() {
    static constexpr std::array<Native, 3> natives{
        {{"export_objects", guarded<export_objects_of>, Class::player},
         {"import_text", guarded<import_text_of>, Class::player},
         {"takes_file", guarded<takes_file>, Class::player}}};
    return natives;
}

}  // namespace gyre::world::script
