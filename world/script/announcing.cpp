#include "world/script/announcing.hpp"

#include "world/script/breath.hpp"
#include "world/script/frames.hpp"
#include "world/script/objects.hpp"
#include "world/script/state.hpp"
#include "world/script/texts.hpp"
#include "world/script/voices.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace gyre::world::script {

namespace {

/// Where Lua's registry keeps whose code has spoken in a dry run.
constexpr char speakers_key = 0;

bool holds(const std::vector<ObjectId>& ids, ObjectId id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

/// The room at the other end of an exit, seen from `room`; nothing if it does not lead on.
ObjectId behind(World& world, Object& exit, ObjectId room) {
    const ObjectId from = world.reference(exit, atom(atoms::exit_from));
    const ObjectId to = world.reference(exit, atom(atoms::exit_to));
    return from == room ? to : to == room ? from : ObjectId::nothing;
}

/// Those behind the exits of `id` that are not in `rooms` yet.
void add_neighbours(lua_State* lua, ObjectId id, std::vector<ObjectId>& rooms) {
    World& world = world_of(lua);
    Object* room = world.objects.living(id);
    const Value* exits = room == nullptr ? nullptr : world.transaction.read(*room, atom(atoms::exits));
    if (exits == nullptr || exits->tag() != Value::Tag::container) return;
    for (const Value& each : exits->container().list) {
        charge(lua, 5);
        Object* exit = each.tag() == Value::Tag::object ? world.objects.living(each.object()) : nullptr;
        const ObjectId next = exit == nullptr ? ObjectId::nothing : behind(world, *exit, id);
        if (next != ObjectId::nothing && !holds(rooms, next)) rooms.push_back(next);
    }
}

/// Where it happens, and the rooms around that in range.
std::vector<ObjectId> rooms_around(lua_State* lua, ObjectId source, int range) {
    std::vector<ObjectId> rooms{world_of(lua).perception.room_of(source)};
    std::size_t first = 0;
    for (int distance = 0; distance < range; ++distance) {
        const std::size_t end = rooms.size();
        for (; first < end; ++first) add_neighbours(lua, rooms[first], rooms);
    }
    return rooms;
}

std::vector<ObjectId> audience(lua_State* lua, const Announcement& announcement) {
    World& world = world_of(lua);
    std::vector<ObjectId> all = world.perception.audience_of(announcement.source->id);
    if (announcement.sight) {
        std::erase_if(all, [&](ObjectId id) { return !world.perception.sees(id, announcement.source->id); });
        return all;
    }
    if (announcement.range == 0) return all;
    const std::vector<ObjectId> rooms = rooms_around(lua, announcement.source->id, announcement.range);
    for (std::size_t index = 1; index < rooms.size(); ++index) {
        for (const ObjectId id : world.perception.audience_of(rooms[index])) {
            if (!holds(all, id)) all.push_back(id);
        }
    }
    return all;
}

/// A light that goes out is seen going out, and so is who does it, although by now it may be dark: what was
/// in plain view in that room is named as if it still burnt.
class Afterglow final : public text::Nouns {
  public:
    Afterglow(lua_State* lua, Object& source, ObjectId room)
        : world_(world_of(lua)), room_(room), goes_out_(goes_out(lua, source)) {}

    [[nodiscard]] text::Noun noun(ObjectId thing, ObjectId observer) override {
        const text::Noun noun = world_.perception.noun(thing, observer);
        if (noun.perceived || !goes_out_ || world_.perception.room_of(observer) != room_) return noun;
        Object* object = world_.objects.living(thing);
        const bool is_shown =
            object != nullptr && !world_.flag(*object, atom(atoms::hidden)) && is_open(*object);
        return is_shown ? world_.perception.noun(thing, thing) : noun;
    }
    [[nodiscard]] ObjectId common_place(std::span<const ObjectId> things) override {
        return goes_out_ ? ObjectId::nothing : world_.perception.common_place(things);
    }
    [[nodiscard]] ObjectId place_of(ObjectId thing) override { return world_.perception.place_of(thing); }

  private:
    bool goes_out(lua_State* lua, Object& source) {
        const bool is_dark_light = !world_.flag(source, atom(atoms::lit)) &&
                                   !world_.flag(source, atom(atoms::hidden)) &&
                                   !world_.perception.is_lit(room_);
        if (!is_dark_light) return false;
        charge(lua, world_.transaction.changes());
        return world_.transaction.has_set(source.id, atom(atoms::lit)) && is_open(source);
    }
    /// In the room itself, or in somebody's hands there.
    [[nodiscard]] bool is_open(const Object& object) const {
        if (object.location == room_) return true;
        const Object* holder = world_.objects.living(object.location);
        return holder != nullptr && holder->location == room_ && (holder->of->kinds & Class::person) != 0;
    }

    World& world_;
    ObjectId room_;
    bool goes_out_;
};

/// Only players read; for others there is `noticed`.
bool reads(const Object& person) { return (person.of->kinds & Class::player) != 0; }

void tell_all(lua_State* lua, const Announcement& announcement, ObjectId room,
              const std::vector<ObjectId>& audience) {
    World& world = world_of(lua);
    const ObjectId speaker = speaker_of(announcement);
    check_voice(lua, speaker);
    const ObjectId author = speaker_by_code(lua);
    const ObjectId actor = world.transaction.origin().actor;
    Afterglow nouns{lua, *announcement.source, room};
    const bool is_speech = speaker != ObjectId::nothing;
    text::Telling telling{*announcement.text, nouns, is_speech ? text::Lines::one : text::Lines::as_written};
    bool is_read = false;
    bool is_heard = false;  ///< By others.
    for (const ObjectId id : audience) {
        Object* observer = world.objects.living(id);
        if (observer == nullptr || !reads(*observer) || holds(announcement.except, id)) continue;
        if (ignores(world, *observer, speaker) || ignores(world, *observer, author)) continue;
        if (id != actor && !std::exchange(is_heard, true)) check_voice(lua, author);
        if (!std::exchange(is_read, true)) use_breath(lua);
        charge(lua, 10);
        Result<Ref<const text::Tree>> tree = telling.for_observer(id);
        if (!tree) fail(lua, tree.error().text);
        charge_output(lua, *tree.value());
        world.transaction.tell(id, std::move(tree).value());
    }
}

struct Listeners {
    std::vector<ObjectId> noticing;
    std::vector<ObjectId> hearing;
};

/// Who listens: people of the audience, and things that lie openly in the room.
Listeners listeners(lua_State* lua, const Object& source, ObjectId room,
                    const std::vector<ObjectId>& audience) {
    World& world = world_of(lua);
    Listeners found;
    const auto add = [&](const Object* object) {
        if (object == nullptr || object->id == source.id) return;
        if (object->of->notices) found.noticing.push_back(object->id);
        if (object->of->hears) found.hearing.push_back(object->id);
    };
    charge(lua, audience.size());
    for (const ObjectId id : audience) add(world.objects.living(id));
    Object* around = world.objects.living(room);
    if (around == nullptr) return found;
    const std::vector<ObjectId>& inside = world.transaction.contents(*around);
    charge(lua, inside.size());
    for (const ObjectId id : inside) {
        const Object* object = world.objects.living(id);
        if (object != nullptr && (object->of->kinds & Class::person) == 0) add(object);
    }
    return found;
}

Value event_of(const Announcement& announcement) {
    Ref<Container> event = make_ref<Container>();
    event->kind = Container::Kind::map;
    if (announcement.arguments.tag() == Value::Tag::container) {
        event->map = announcement.arguments.container().map;
    } else if (announcement.who != ObjectId::nothing) {
        event->map.push_back({Value{"who"}, Value{announcement.who}});
    }
    const auto place = event->lower_bound(Value{"kind"});
    const Value kind{announcement.kind};
    if (place != event->map.end() && place->key == Value{"kind"}) {
        place->value = kind;
    } else {
        event->map.insert(place, {Value{"kind"}, kind});
    }
    event->adopt_children();
    return Value{std::move(event)};
}

}  // namespace

void note_speaker(lua_State* lua) {
    if (lua_rawgetp(lua, LUA_REGISTRYINDEX, &speakers_key) == LUA_TTABLE) {
        const std::string account = author_account(lua);
        lua_pushboolean(lua, 1);
        lua_setfield(lua, -2, account.c_str());
    }
    lua_pop(lua, 1);
}

void watch_speakers(lua_State* lua) {
    lua_newtable(lua);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &speakers_key);
}

bool others_spoke(lua_State* lua, const std::string& account) {
    bool others = false;
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &speakers_key);
    lua_pushnil(lua);
    while (lua_next(lua, -2) != 0) {
        const std::string_view speaker = lua_tostring(lua, -2);
        others = others || (!speaker.empty() && speaker != account);
        lua_pop(lua, 1);
    }
    lua_pop(lua, 1);
    lua_pushnil(lua);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &speakers_key);
    return others;
}

std::vector<ObjectId> announce(lua_State* lua, const Announcement& announcement) {
    note_speaker(lua);
    const std::vector<ObjectId> told = audience(lua, announcement);
    charge(lua, 10 + told.size());
    const ObjectId room = world_of(lua).perception.room_of(announcement.source->id);
    tell_all(lua, announcement, room, told);
    State& state = state_of(lua);
    if (!state.runtime.own_call) return {};
    Listeners listening = listeners(lua, *announcement.source, room, told);
    for (const ObjectId listener : listening.noticing) {
        std::vector<Value> arguments;
        arguments.push_back(event_of(announcement));
        state.runtime.own_call(listener, atom(atoms::noticed), std::move(arguments));
    }
    return std::move(listening.hearing);
}

namespace {

/// Words as the speaker gave them: what was a string is heard as a string.
Value spoken(const Ref<Text>& text) {
    const bool is_string = text->pieces.size() == 1 && text->pieces.front().kind == Text::Piece::Kind::data;
    return is_string ? Value{text->pieces.front().data} : Value{text};
}

}  // namespace

void set_off_heard(lua_State* lua, const Object& speaker, const std::vector<ObjectId>& listeners,
                   const Ref<Text>& text, const char* how) {
    State& state = state_of(lua);
    for (const ObjectId listener : listeners) {
        std::vector<Value> arguments;
        arguments.emplace_back(speaker.id);
        arguments.push_back(spoken(text));
        arguments.emplace_back(how);
        state.runtime.own_call(listener, atom(atoms::heard), std::move(arguments));
    }
}

}  // namespace gyre::world::script
