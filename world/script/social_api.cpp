// What the engine knows of players as people at keyboards: their account, their silence, what they read.

#include "engine/base/utf8.hpp"
#include "world/script/api_calls.hpp"
#include "world/script/objects.hpp"
#include "world/script/state.hpp"
#include "world/script/texts.hpp"
#include "world/script/values.hpp"
#include "world/script/voices.hpp"

#include <algorithm>
#include <array>

namespace gyre::world::script {

namespace {

constexpr lua_Integer most_lines = RecentLines::most;

/// p.idle -> integer
/// Of a player: seconds since the last line from any of the sessions; 0 without one.
int idle(lua_State* lua) {
    Object& player = check_object(lua, 1);
    lua_Integer seconds = 0;
    if (player.subscribers != nullptr && !player.subscribers->sessions.empty()) {
        seconds = LUA_MAXINTEGER;
        for (const Subscriber* session : player.subscribers->sessions) {
            charge(lua, 5);
            seconds = std::min<lua_Integer>(seconds, session->facts().idle);
        }
    }
    lua_pushinteger(lua, seconds);
    return 1;
}

/// p.account -> {name, created_at, last_seen} | nil
/// Whose character he is; times in seconds since 1970. Nil for those who live here, and for a guest.
int account(lua_State* lua) {
    World& world = world_of(lua);
    const Value* number = world.transaction.read(check_object(lua, 1), atom(atoms::account));
    const bool has_account = number != nullptr && number->tag() == Value::Tag::integer;
    const Account* found = has_account ? world.accounts.find(number->integer()) : nullptr;
    if (found == nullptr) {
        lua_pushnil(lua);
        return 1;
    }
    charge(lua, 10);
    lua_createtable(lua, 0, 3);
    lua_pushlstring(lua, found->name.data(), found->name.size());
    lua_setfield(lua, -2, "name");
    lua_pushinteger(lua, found->created_at);
    lua_setfield(lua, -2, "created_at");
    lua_pushinteger(lua, found->last_seen);
    lua_setfield(lua, -2, "last_seen");
    return 1;
}

/// p:last_lines(n) -> list of texts [E n]
/// What this player read last, the oldest first; for his own code and the library's.
int last_lines(lua_State* lua) {
    Object& player = check_object(lua, 1);
    const lua_Integer wanted = std::clamp<lua_Integer>(luaL_optinteger(lua, 2, most_lines), 0, most_lines);
    check_write(lua, player, "last_lines");
    lua_newtable(lua);
    if (player.subscribers == nullptr) return 1;
    lua_Integer count = 0;
    for (const RecentLines::Line& line : player.subscribers->recent.last(static_cast<std::size_t>(wanted))) {
        charge(lua, 10);
        world_of(lua).transaction.saw(line.needs);
        const std::string words = text::plain(*line.tree);
        charge_bytes(lua, words.size());
        lua_pushlstring(lua, words.data(), words.size());
        lua_rawseti(lua, -2, ++count);
    }
    return 1;
}

/// p:tell_line(line, channel, who) [E]
/// As tell, what `who` said on a channel: clients that show channels apart learn the names of both. What a
/// template names is called what `who` calls it, wherever the listener is. For code that may write the
/// channel.
int tell_line(lua_State* lua) {
    needs_call(lua);
    check_may_change(lua);
    lua_settop(lua, 4);
    Object& player = check_object(lua, 1);
    Object& channel = check_object(lua, 3);
    check_write(lua, channel, "tell_line");
    World& world = world_of(lua);
    const Ref<Text> line = Text::join(*text_of(lua, 2), *Text::of_data({}));
    auto* note = new text::Note;
    line->note = Ref<const text::Note>{note};
    note->subject = utf8::filter(world.string(channel, atom(atoms::name)));
    Object& speaker = check_object(lua, 4);
    note->talker = utf8::filter(world.string(speaker, atom(atoms::name)));
    if (!may_tell(lua, player)) return 0;
    world.transaction.tell(player.id, resolve_spoken(lua, *line, player.id, speaker.id));
    return 0;
}

/// p:tell_session(session, template[, args]) [E]
/// As tell, to the one of his connections that has this `id`, behind what all of them are told. For his own
/// code and the library's.
int tell_session(lua_State* lua) {
    needs_call(lua);
    check_may_change(lua);
    lua_settop(lua, 4);
    Object& player = check_object(lua, 1);
    const auto wanted = static_cast<SessionId>(luaL_checkinteger(lua, 2));
    check_write(lua, player, "tell_session");
    Ref<const text::Tree> tree = resolve_for(lua, *text_with_arguments(lua, 3), player.id);
    World& world = world_of(lua);
    world.transaction.at_commit([&world, id = player.id, wanted, tree = std::move(tree)](BatchNumber needs) {
        const Object* reader = world.objects.living(id);
        if (reader == nullptr || reader->subscribers == nullptr) return;
        for (Subscriber* session : reader->subscribers->sessions) {
            if (session->facts().id == wanted) session->told(*tree, needs);
        }
        reader->subscribers->recent.add(tree, needs);
        tree->forget_renderings();
    });
    return 0;
}

}  // namespace

std::span<const Native> social_natives() {
    static constexpr std::array<Native, 5> natives{{{"idle", guarded<idle>, Class::player, true},
                                                    {"account", guarded<account>, Class::player, true},
                                                    {"last_lines", guarded<last_lines>, Class::player},
                                                    {"tell_line", guarded<tell_line>, Class::player},
                                                    {"tell_session", guarded<tell_session>, Class::player}}};
    return natives;
}

}  // namespace gyre::world::script
