// A view is read from the objects each time it is asked for. Nothing of it is kept, so there is nothing that
// could go stale, and a world without watchers pays nothing.

#include "world/viewer.hpp"

#include "engine/base/utf8.hpp"
#include "world/script/json.hpp"
#include "world/script/runtime.hpp"
#include "world/text/phrase.hpp"
#include "world/text/template.hpp"

#include <algorithm>

namespace gyre::world {

void Viewer::begin(std::string_view what, ObjectId player) {
    Origin origin;
    origin.service = "view";
    origin.actor = player;
    origin.description = what;
    world_.transaction.begin(std::move(origin));
}

View Viewer::view_of(ObjectId id) {
    View view;
    begin("view", id);
    if (Object* player = world_.objects.living(id)) {
        view.name = utf8::filter(world_.string(*player, atom(atoms::name)));
        view.role = role_name(world_.role_of(id));
        view.coins = coins_of(*player);
        see_place(*player, view);
        see_things(*player, id, view.carried);
        view.vitals = json_of(*player, "vitals", "{}");
    }
    view.needs = world_.transaction.rollback();
    return view;
}

/// The room, or what he is shut in; and if there is light, what is in it.
void Viewer::see_place(Object& player, View& view) {
    Perception& perception = world_.perception;
    const ObjectId space = perception.space_around(player);
    Object* place = world_.objects.living(space);
    if (place == nullptr || !perception.is_lit(space)) return;
    view.place = space;
    view.place_name = utf8::filter(world_.string(*place, atom(atoms::name)));
    view.is_room = (place->of->kinds & Class::room) != 0;
    if (view.is_room) {
        const auto word = [&](std::string_view property) {
            const Atom known = world_.atoms.find(property);
            return known == Atom::none ? std::string_view{} : world_.string(*place, known);
        };
        view.area = utf8::filter(word("area"));
        if (view.area.empty()) view.area = world_.name;
        const Atom outdoors = world_.atoms.find("outdoors");
        view.is_outdoors = outdoors != Atom::none && world_.flag(*place, outdoors);
        see_ways(player, *place, view);
    }
    see_things(player, space, view.here);
    // What he sits in has things and people of its own in it.
    world_.transaction.read(player, atom(atoms::location));
    if (player.location == space) return;
    see_things(player, player.location, view.here);
    std::ranges::sort(view.here, {}, &View::Thing::id);
}

void Viewer::see_ways(const Object& player, Object& room, View& view) {
    const Value* exits = world_.transaction.read(room, atom(atoms::exits));
    if (exits == nullptr || exits->tag() != Value::Tag::container) return;
    world_.transaction.saw(exits->container().changed_in);
    const Atom one_way = world_.atoms.intern("one_way");
    for (const Value& each : exits->container().list) {
        Object* exit = each.tag() == Value::Tag::object ? world_.objects.living(each.object()) : nullptr;
        if (exit == nullptr || !world_.perception.sees(player.id, exit->id)) continue;
        const bool forward = world_.reference(*exit, atom(atoms::exit_from)) == room.id;
        if (!forward && world_.flag(*exit, one_way)) continue;
        const ObjectId other = world_.reference(*exit, atom(forward ? atoms::exit_to : atoms::exit_from));
        if (other == ObjectId::nothing || view.ways.size() == View::max_things) continue;
        const auto direction = world_.string(*exit, atom(forward ? atoms::exit_direction : atoms::exit_back));
        view.ways.push_back({utf8::filter(direction), other});
    }
}

void Viewer::see_things(const Object& player, ObjectId place, std::vector<View::Thing>& seen) {
    std::size_t left = View::max_things;
    for (const ObjectId id : world_.perception.visible_contents(player.id, place)) {
        if (left == 0) break;
        --left;
        Object* thing = world_.objects.living(id);
        if (thing != nullptr) seen.push_back(thing_as_seen(player, *thing));
    }
}

View::Thing Viewer::thing_as_seen(const Object& player, Object& thing) {
    View::Thing seen;
    seen.id = thing.id;
    text::append_noun(seen.name, world_.perception.noun(thing.id, player.id), text::Form::a);
    seen.name = utf8::filter(seen.name);
    const Object& shown = world_.perception.seen_as(player.id, thing);
    seen.is_person = (shown.of->kinds & Class::person) != 0;
    seen.is_player = (shown.of->kinds & Class::player) != 0;
    seen.is_container = (shown.of->kinds & Class::container) != 0;
    seen.can_be_taken = !seen.is_person && world_.get_or_nil(thing, atom(atoms::fixed)).is_nil();
    const Value* worn = world_.get(thing, atom(atoms::is_worn));
    seen.can_be_worn = worn != nullptr;
    seen.is_worn = worn != nullptr && worn->tag() == Value::Tag::boolean && worn->boolean();
    return seen;
}

std::int64_t Viewer::coins_of(Object& player) {
    const Atom coin = world_.atoms.find("coin");
    if (coin == Atom::none) return 0;
    std::int64_t count = 0;
    for (const ObjectId id : world_.transaction.contents(player)) {
        Object* heap = world_.objects.living(id);
        if (heap != nullptr && world_.is_a(*heap, coin)) count += world_.integer(*heap, atom(atoms::count));
    }
    return count;
}

std::string Viewer::json_of(Object& player, std::string_view method, std::string_view empty) {
    const Atom name = world_.atoms.intern(method);
    if (!world_.runtime->has_method(player.id, name)) return std::string{empty};
    script::Budget budget = script::Budget::of_clock();
    budget.account = world_.account_for(player.id, name);
    const script::CallResult result = world_.runtime->call(player.id, name, {}, budget);
    if (result.kind == script::CallResult::Kind::failed ||
        result.kind == script::CallResult::Kind::over_budget) {
        if (world_.runtime->hook_failed) world_.runtime->hook_failed(result, name);
        return std::string{empty};
    }
    const bool is_table =
        result.kind == script::CallResult::Kind::done && result.value.tag() == Value::Tag::container;
    if (!is_table) return std::string{empty};
    Result<std::string> json = script::to_json(result.value);
    // An empty table says the same whether it is a list or a map.
    const bool is_fit =
        json && json.value().front() == empty.front() && json.value().size() <= View::max_json;
    return is_fit ? std::move(json).value() : std::string{empty};
}

ContentsView Viewer::contents_of(ObjectId id, ObjectId container) {
    ContentsView view;
    begin("contents", id);
    Object* player = world_.objects.living(id);
    Object* holder = world_.objects.living(container);
    const bool is_container = holder != nullptr && (holder->of->kinds & Class::container) != 0;
    if (player != nullptr && is_container && world_.perception.sees(id, container)) {
        see_things(*player, container, view.things);
        // Under a lid nothing is seen.
        std::erase_if(view.things,
                      [&](const View::Thing& thing) { return !world_.perception.sees(id, thing.id); });
        std::ranges::sort(view.things, {}, &View::Thing::id);
    }
    view.needs = world_.transaction.rollback();
    return view;
}

ChannelView Viewer::channels_of(ObjectId id) {
    ChannelView view{0, "[]", "[]"};
    begin("channels", id);
    if (Object* player = world_.objects.living(id)) {
        view.list = json_of(*player, "channel_list", "[]");
        view.people = json_of(*player, "channel_people", "[]");
    }
    view.needs = world_.transaction.rollback();
    return view;
}

}  // namespace gyre::world
