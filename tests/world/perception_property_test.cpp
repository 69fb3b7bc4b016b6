// Random worlds, and what must hold in each: perception agrees with a second, plainer reading of its rules,
// and looking, naming, announcing and `who` all agree with perception. GYRE_SEED=N repeats a run.

#include "tests/world/town_world.hpp"
#include "world/script/exits.hpp"
#include "world/surroundings.hpp"

#include <algorithm>
#include <cstdlib>
#include <random>
#include <set>

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

namespace {

std::uint64_t seed() {
    const char* given = std::getenv("GYRE_SEED");
    return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
}

class RandomWorld {
  public:
    explicit RandomWorld(std::uint64_t seed) : random_(seed) {
        const std::vector<script::ClassSource> sources{
            {"chest",
             "inherit \"container\"\nuse \"lidded\"\nproperty.name = \"chest\"\nproperty.capacity = 100", "",
             "chest.lua"},
            {"shy",
             "inherit \"thing\"\nproperty.name = \"shy\"\nfunction self:visible_to(who) return who.id % 2 == "
             "0 end",
             "", "shy.lua"}};
        REQUIRE(town.world.runtime->load(sources).empty());
        town.commands.classes_changed();
        for (std::size_t index = 0; index < people.size(); ++index)
            people[index] = town.player(std::string{"walker"} + static_cast<char>('a' + index), ears[index]);
    }

    void fill() {
        rooms.clear();
        things.clear();
        town.world.transaction.begin({});
        for (int number = 0; number < 3; ++number) {
            Object& room = make("room", ObjectId::nothing);
            if (chance(40)) set(room, atoms::dark, Value{true});
            rooms.push_back(room.id);
        }
        for (int number = 0; number < 3; ++number) add_door(number);
        const int count = 8 + static_cast<int>(random_() % 18);
        for (int number = 0; number < count; ++number) add_thing();
        for (const ObjectId person : people) {
            set(object(person), atoms::location,
                Value{chance(80) ? rooms[random_() % 2] : place_for(person)});
            set(object(person), atoms::hidden, Value{chance(15)});
        }
        town.world.transaction.commit();
    }
    void add_door(int number) {
        Object& exit = make("exit", ObjectId::nothing);
        if (chance(25)) set(exit, atoms::hidden, Value{true});
        const auto from = static_cast<std::size_t>(number);
        static constexpr std::array<const char*, 3> ways{"north", "east", "up"};
        static constexpr std::array<const char*, 3> back{"south", "west", "down"};
        script::join_rooms(town.world, exit,
                           {&object(rooms[from]), &object(rooms[(from + 1) % 3]), ways[from], back[from]});
        things.push_back(exit.id);
    }
    void add_thing() {
        static constexpr std::array<const char*, 6> classes{"thing", "thing", "container",
                                                            "chest", "chest", "shy"};
        const char* of = classes[random_() % classes.size()];
        Object& thing = make(of, any_place());
        if (of == std::string_view{"container"} && chance(50)) set(thing, atoms::surface, Value{true});
        if (of == std::string_view{"chest"}) {
            set(thing, atoms::is_open, Value{chance(50)});
            if (chance(25)) set(thing, atoms::transparent, Value{true});
        }
        if (chance(15)) set(thing, atoms::hidden, Value{true});
        if (chance(15)) set(thing, atoms::lit, Value{true});
        things.push_back(thing.id);
    }
    ObjectId any_place() {
        if (chance(50) || things.size() <= 3)
            return chance(20) ? people[random_() % 3] : rooms[random_() % 2];
        const ObjectId place = things[3 + random_() % (things.size() - 3)];
        return (object(place).of->kinds & Class::container) != 0 ? place : rooms[random_() % 2];
    }
    /// Not inside of what he carries.
    ObjectId place_for(ObjectId person) {
        const ObjectId place = any_place();
        for (ObjectId at = place; at != ObjectId::nothing; at = object(at).location) {
            if (at == person || std::find(people.begin(), people.end(), at) != people.end()) return rooms[0];
        }
        return place;
    }
    Object& make(const char* of, ObjectId place) {
        Class* its = town.world.classes.find(town.world.atoms.find(of));
        REQUIRE(its != nullptr);
        Object& made = town.world.transaction.create(*its, ObjectId::nothing);
        std::string name = "gl";
        for (int left = ++named_; left > 0; left /= 26) name += static_cast<char>('a' + left % 26);
        set(made, atoms::name, Value{name + "q"});
        if (place != ObjectId::nothing) set(made, atoms::location, Value{place});
        return made;
    }
    void set(Object& thing, std::uint32_t property, Value value) {
        town.world.transaction.set(thing, atom(property), std::move(value));
    }
    Object& object(ObjectId id) { return *town.world.objects.find(id); }
    std::string name(ObjectId id) { return std::string{town.world.string(object(id), atom(atoms::name))}; }
    bool chance(unsigned percent) { return random_() % 100 < percent; }
    std::size_t below(std::size_t end) { return random_() % end; }

    TownWorld town{"trial"};
    std::array<Ear, 3> ears;
    std::array<ObjectId, 3> people{};
    std::vector<ObjectId> rooms;
    std::vector<ObjectId> things;  ///< The three exits first.

  private:
    std::mt19937_64 random_;
    int named_ = 0;
};

/// The rules once more, without any short cut.
class Model {
  public:
    explicit Model(RandomWorld& world) : world_(world) {}

    bool sees(ObjectId who, ObjectId what) {
        if (who == what) return true;
        const ObjectId space = space_of(who);
        const bool is_lit = lit(space);
        if (encloses(what, who)) return is_in_space(what, space) && is_lit;
        if (!shows(who, what)) return false;
        Object& thing = world_.object(what);
        if ((thing.of->kinds & Class::exit) != 0) return is_lit && joins(thing, space);
        bool carried = false;
        for (ObjectId at = thing.location; at != ObjectId::nothing; at = world_.object(at).location) {
            if (at == who) carried = true;
            if (carried || at == space) return carried || is_lit;
            if (is_shut(at) || (!encloses(at, who) && !shows(who, at))) return false;
        }
        return false;
    }
    bool encloses(ObjectId outer, ObjectId inner) {
        for (ObjectId at = world_.object(inner).location; at != ObjectId::nothing;
             at = world_.object(at).location) {
            if (at == outer) return true;
        }
        return false;
    }
    ObjectId space_of(ObjectId who) {
        ObjectId at = world_.object(who).location;
        while (!is_shut(at) && world_.object(at).location != ObjectId::nothing)
            at = world_.object(at).location;
        return at;
    }
    bool lit(ObjectId space) {
        Object& place = world_.object(space);
        const bool is_dark = is_shut(space) || flag(space, atoms::dark);
        return !is_dark || shines(place);
    }
    bool shows(ObjectId who, ObjectId what) {
        if (flag(what, atoms::hidden)) return false;
        return world_.object(what).of->title != "shy" || number(who) % 2 == 0;
    }

  private:
    bool is_in_space(ObjectId what, ObjectId space) { return what == space || encloses(space, what); }
    bool flag(ObjectId id, std::uint32_t name) {
        return world_.town.world.flag(world_.object(id), atom(name));
    }
    bool is_shut(ObjectId id) {
        return world_.object(id).of->title == "chest" && !flag(id, atoms::is_open) &&
               !flag(id, atoms::transparent);
    }
    bool shines(Object& holder) {
        for (const ObjectId id : world_.town.world.transaction.contents(holder)) {
            if (flag(id, atoms::lit) || (!is_shut(id) && shines(world_.object(id)))) return true;
        }
        return false;
    }
    bool joins(Object& exit, ObjectId room) {
        return world_.town.world.reference(exit, atom(atoms::exit_from)) == room ||
               world_.town.world.reference(exit, atom(atoms::exit_to)) == room;
    }
    RandomWorld& world_;
};

std::set<ObjectId> seen_by(RandomWorld& world, ObjectId who) {
    std::set<ObjectId> seen;
    for (const ObjectId thing : world.things) {
        if (world.town.world.perception.sees(who, thing)) seen.insert(thing);
    }
    for (const ObjectId person : world.people) {
        if (world.town.world.perception.sees(who, person)) seen.insert(person);
    }
    return seen;
}

void check_one(RandomWorld& world, Model& model, ObjectId who, ObjectId thing, bool may_be_named) {
    Perception& perception = world.town.world.perception;
    const bool sees = perception.sees(who, thing);
    CAPTURE(number(who), number(thing), world.name(thing), world.object(thing).of->title, sees);
    CHECK(sees == model.sees(who, thing));
    CHECK(perception.noun(thing, who).perceived == sees);
    CHECK(perception.noun(thing, who).name.empty() == !sees);
    CHECK(may_be_named == sees);
    const ObjectId space = perception.space_around(world.object(who));
    if (perception.reaches(who, thing)) {
        CHECK(perception.hears(who, thing));
        if (perception.is_lit(space)) CHECK(sees);
    }
    if (sees) return;
    const std::string why = perception.why_unseen(who, thing);
    if (why == "it is hidden") {
        bool is_hidden = false;
        for (ObjectId at = thing; at != ObjectId::nothing && at != who; at = world.object(at).location)
            is_hidden = is_hidden || !model.shows(who, at);
        CHECK(is_hidden);
    } else if (why == "it is somewhere else") {
        CHECK_FALSE(perception.hears(who, thing));
    } else if (why == "it is too dark") {
        CHECK_FALSE(perception.is_lit(space));
    } else {
        CHECK(why == "a lid is in the way");
    }
}

void check_perception(RandomWorld& world, ObjectId who) {
    Model model(world);
    const std::vector<ObjectId> named = world.town.world.perception.in_reach(who);
    const std::set<ObjectId> names(named.begin(), named.end());
    CHECK(names.size() == named.size());
    for (const ObjectId thing : world.things) check_one(world, model, who, thing, names.contains(thing));
    for (const ObjectId person : world.people) {
        if (person != who) check_one(world, model, who, person, names.contains(person));
    }
}

std::string output(RandomWorld& world, std::size_t person, const std::string& line) {
    world.ears[person].heard();
    const Outcome outcome = world.town.types(world.people[person], line);
    return world.ears[person].heard() + (outcome.text ? "|" + text::plain(*outcome.text) : "");
}

/// Nothing unseen is in any output, and what is seen can be looked at by its name, and nothing else can.
void check_output(RandomWorld& world, std::size_t person) {
    world.town.world.transaction.begin({});
    const std::set<ObjectId> seen = seen_by(world, world.people[person]);
    world.town.world.transaction.rollback();
    const auto check_names = [&](const std::string& line, const std::string& typed) {
        const std::string read = output(world, person, line);
        for (const ObjectId thing : world.things) {
            if (seen.contains(thing) || world.name(thing) == typed) continue;
            CAPTURE(line, read, world.name(thing));
            CHECK(read.find(world.name(thing)) == std::string::npos);
        }
        return read;
    };
    check_names("look", "");
    check_names("inventory", "");
    for (int tried = 0; tried < 6; ++tried) {
        const ObjectId thing = world.things[world.below(world.things.size())];
        const std::string read = check_names("examine " + world.name(thing), world.name(thing));
        CAPTURE(read, world.name(thing));
        CHECK(seen.contains(thing) == (read.find("You see no") == std::string::npos));
    }
    const std::string who = output(world, person, "who");
    for (std::size_t other = 0; other < world.people.size(); ++other) {
        if (other == person) continue;
        const bool hidden = world.town.world.flag(world.object(world.people[other]), atom(atoms::hidden));
        CHECK(hidden == (who.find(world.name(world.people[other])) == std::string::npos));
    }
}

/// What doors show beside the text is what the rules say and `look` shows, and nothing else.
void check_view(RandomWorld& world, std::size_t person) {
    const ObjectId who = world.people[person];
    const View view = world.town.residents.view_of(who);
    world.town.world.transaction.begin({});
    Model model(world);
    const ObjectId space = model.space_of(who);
    const bool is_lit = model.lit(space);
    const auto has = [](const std::vector<View::Thing>& things, ObjectId id) {
        return std::count_if(things.begin(), things.end(),
                             [id](const auto& thing) { return thing.id == id; }) == 1;
    };
    CHECK((view.place == (is_lit ? space : ObjectId::nothing)));
    std::vector<ObjectId> all(world.things.begin() + 3, world.things.end());
    all.insert(all.end(), world.people.begin(), world.people.end());
    for (const ObjectId thing : all) {
        const ObjectId place = world.object(thing).location;
        const bool shows = thing != who && model.shows(who, thing);
        const bool is_beside = place == space || place == world.object(who).location;
        CAPTURE(number(who), number(thing), world.name(thing), is_lit);
        CHECK(has(view.carried, thing) == (place == who && shows));
        CHECK(has(view.here, thing) == (is_beside && shows && is_lit));
        if (has(view.here, thing)) CHECK(model.sees(who, thing));
    }
    CHECK(std::is_sorted(view.here.begin(), view.here.end(),
                         [](const auto& left, const auto& right) { return left.id < right.id; }));
    std::size_t ways = 0;
    for (std::size_t exit = 0; exit < 3; ++exit) {
        if (view.is_room && model.sees(who, world.things[exit])) ++ways;
    }
    CHECK(view.ways.size() == ways);
    world.town.world.transaction.rollback();
    const std::string read = output(world, person, "look");
    if (world.object(who).location != space) return;
    CHECK(is_lit == (read.find("dark") == std::string::npos));
    for (const View::Thing& thing : view.here)
        CHECK(read.find(thing.is_player ? thing.name : world.name(thing.id)) != std::string::npos);
}

/// What somebody says is heard by all in the room; who does not see him reads "someone".
void check_speech(RandomWorld& world, std::size_t speaker) {
    for (Ear& ear : world.ears) ear.heard();
    world.town.types(world.people[speaker], "say hum");
    Perception& perception = world.town.world.perception;
    for (std::size_t other = 0; other < world.people.size(); ++other) {
        if (other == speaker) continue;
        world.town.world.transaction.begin({});
        const bool hears = perception.hears(world.people[other], world.people[speaker]);
        const bool sees = perception.sees(world.people[other], world.people[speaker]);
        world.town.world.transaction.rollback();
        const std::string name = sees ? world.name(world.people[speaker]) : "Someone";
        CHECK(world.ears[other].heard() == (hears ? name + " says, \"hum\"" : ""));
    }
}

/// Who shares a tree with others reads what he would have read alone.
void check_telling(RandomWorld& world) {
    const auto anything = [&] {
        return world.chance(50) ? world.people[world.below(world.people.size())]
                                : world.things[world.below(world.things.size())];
    };
    world.town.world.transaction.begin({});
    Perception& perception = world.town.world.perception;
    const Ref<Text> words = Text::of_template(*text::compile("{x} {x:is} beside {the y}.").value(),
                                              {{"x", Value{anything()}}, {"y", Value{anything()}}});
    text::Telling telling(*words, perception);
    for (const ObjectId observer : world.people) {
        const auto shared = telling.for_observer(observer);
        const auto alone = text::resolve(*words, observer, perception);
        REQUIRE(shared.ok());
        REQUIRE(alone.ok());
        CHECK(shared.value()->text == alone.value()->text);
    }
    world.town.world.transaction.rollback();
}

/// A lid that is shut takes away from what is seen, and never adds.
void check_lids(RandomWorld& world) {
    for (const ObjectId thing : world.things) {
        if (world.object(thing).of->title != "chest" || !world.chance(40)) continue;
        world.town.world.transaction.begin({});
        std::array<std::set<ObjectId>, 3> open, shut;
        world.set(world.object(thing), atoms::is_open, Value{true});
        for (std::size_t each = 0; each < 3; ++each) open[each] = seen_by(world, world.people[each]);
        world.set(world.object(thing), atoms::is_open, Value{false});
        for (std::size_t each = 0; each < 3; ++each) {
            shut[each] = seen_by(world, world.people[each]);
            CHECK(std::includes(open[each].begin(), open[each].end(), shut[each].begin(), shut[each].end()));
        }
        world.town.world.transaction.rollback();
    }
}

}  // namespace

TEST_CASE("perception: random worlds hold what the rules promise", "[world][perception][property]") {
    const std::uint64_t number = seed();
    CAPTURE(number);
    RandomWorld world(number);
    constexpr int worlds = 80;
    for (int round = 0; round < worlds; ++round) {
        CAPTURE(round);
        world.fill();
        world.town.world.transaction.begin({});
        for (const ObjectId person : world.people) check_perception(world, person);
        world.town.world.transaction.rollback();
        check_lids(world);
        for (std::size_t person = 0; person < world.people.size(); ++person) {
            check_output(world, person);
            check_view(world, person);
        }
        check_speech(world, static_cast<std::size_t>(round) % 3);
        for (int count = 0; count < 20; ++count) check_telling(world);
    }
}
