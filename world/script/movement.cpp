// Moving: who is asked, who is told, and in which order (LUA.md section 5). Places are left from the inside
// out and entered from the outside in; a place that surrounds both ends is neither left nor entered.

#include "world/script/api_calls.hpp"
#include "world/script/objects.hpp"
#include "world/script/texts.hpp"
#include "world/script/values.hpp"

#include <algorithm>

namespace gyre::world::script {

namespace {

constexpr std::size_t max_nesting = 32;  // Places inside places.

/// The places around a thing, nearest first, beginning with `place`.
std::vector<Object*> places_from(lua_State* lua, ObjectId place) {
    World& world = world_of(lua);
    std::vector<Object*> places;
    for (Object* at = world.objects.living(place); at != nullptr; at = world.objects.living(at->location)) {
        if (places.size() >= max_nesting) fail(lua, "things are inside each other more than 32 deep");
        places.push_back(at);
        world.transaction.read(*at, atom(atoms::location));
    }
    return places;
}

bool contains(const std::vector<Object*>& places, const Object* place) {
    return std::find(places.begin(), places.end(), place) != places.end();
}

class Moving {
  public:
    Moving(lua_State* lua, const Move& move)
        : lua_(lua), move_(move), world_(world_of(lua)), from_(move.thing->location) {
        world_.transaction.read(*move.thing, atom(atoms::location));
        const std::vector<Object*> old_places = places_from(lua, from_);
        const std::vector<Object*> new_places =
            move.place == nullptr ? std::vector<Object*>{} : places_from(lua, move.place->id);
        if (contains(new_places, move.thing)) {
            refuse_with(
                lua, words_about("{the thing} cannot go inside {themself thing}.", "thing", move.thing->id));
        }
        for (Object* place : old_places) {
            if (!contains(new_places, place)) left_.push_back(place);
        }
        for (Object* place : new_places) {
            if (!contains(old_places, place)) entered_.push_back(place);
        }
        std::reverse(entered_.begin(), entered_.end());
    }

    void run() {
        push_description();
        description_ = lua_gettop(lua_);
        ask();
        check_unmoved();
        world_.transaction.set(*move_.thing, atom(atoms::location),
                               move_.place == nullptr ? Value{} : Value{move_.place->id});
        tell();
        lua_settop(lua_, description_ - 1);
    }

  private:
    void push_field(const char* name, ObjectId object) {
        if (object == ObjectId::nothing) return;
        push_object(lua_, object);
        lua_setfield(lua_, -2, name);
    }
    /// {by, how, via, from, to}
    void push_description() {
        lua_createtable(lua_, 0, 5);
        push_field("by", world_.transaction.origin().actor);
        push_field("via", move_.via == nullptr ? ObjectId::nothing : move_.via->id);
        push_field("from", from_);
        push_field("to", move_.place == nullptr ? ObjectId::nothing : move_.place->id);
        lua_pushlstring(lua_, move_.how.data(), move_.how.size());
        lua_setfield(lua_, -2, "how");
    }
    /// Calls `object.event(thing, move)`, or without the thing if that is who is asked.
    void call(Object& object, const char* event) {
        const Atom name = world_.atoms.find(event);
        if (name == Atom::none || !listens(object, name)) return;
        int count = 1;
        if (&object != move_.thing) {
            push_handle(lua_, Handle::object, number(move_.thing->id));
            ++count;
        }
        lua_pushvalue(lua_, description_);
        fire(lua_, object, name, count);
    }
    void ask() {
        for (Object* place : left_) call(*place, "can_leave");
        call(*move_.thing, "can_move");
        if (move_.via != nullptr) call(*move_.via, "can_pass");
        for (Object* place : entered_) call(*place, "can_enter");
    }
    void tell() {
        for (Object* place : left_) call(*place, "left");
        call(*move_.thing, "moved");
        for (Object* place : entered_) call(*place, "entered");
    }
    /// Vetoes change nothing, so this is about code that calls move_to in strange places.
    void check_unmoved() {
        const bool is_gone = !move_.thing->alive() || (move_.place != nullptr && !move_.place->alive());
        if (is_gone || move_.thing->location != from_)
            fail(lua_, "it was moved or destroyed while it was being moved");
    }

    lua_State* lua_;
    const Move& move_;
    World& world_;
    ObjectId from_;
    std::vector<Object*> left_;
    std::vector<Object*> entered_;
    int description_ = 0;
};

}  // namespace

void move_thing(lua_State* lua, const Move& move) {
    check_may_change(lua);
    charge(lua, 50);
    luaL_checkstack(lua, 10, "moves inside moves");
    Moving{lua, move}.run();
}

}  // namespace gyre::world::script
