#include "tests/world/evening.hpp"

#include <set>

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

namespace {

struct Sight {
    const char* room;
    std::vector<const char*> nouns;  ///< What its description names.
};

const std::vector<Sight>& views() {
    static const std::vector<Sight> all{
        {"square", {"cobbles", "fountain", "houses", "tavern", "harbour", "row", "bread", "lane", "sign"}},
        {"tavern",
         {"fire", "settle", "counter", "whale", "fireplace", "steps", "cellar door", "stair", "gate", "table",
          "rack", "lamp", "towel"}},
        {"guest_room", {"bed", "washstand", "jug", "window", "harbour", "ship", "beam", "book", "gate"}},
        {"cellar", {"barrels", "rows", "shadows", "box", "floor", "door"}},
        {"market_row", {"stalls", "bakery", "awning", "gate"}},
        {"bakery", {"oven", "wall", "loaves", "racks", "slate", "table", "dough"}},
        {"town_gate", {"arch", "stone", "date", "portcullis", "row", "path", "spear"}},
        {"meadow", {"grass", "clover", "sheep", "mill", "sails", "rise", "path"}},
        {"old_mill", {"millstone", "dust", "light", "shutters", "ladder", "hole", "ceiling"}},
        {"mill_loft", {"beams", "cobwebs", "axle", "gears", "trunk", "ladder"}},
        {"harbour", {"boats", "nets", "bollards", "causeway", "lighthouse", "jetty", "driftwood"}},
        {"jetty", {"planks", "piles", "water", "bay", "ring", "boat", "boots"}},
        {"bay", {"water", "sky", "jetty", "islet", "rocks"}},
        {"islet", {"rock", "hollow", "sand", "pine", "seals", "bay", "float"}},
        {"causeway", {"stones", "sea", "lighthouse"}},
        {"lighthouse", {"room", "stair", "wall", "hook", "plaster", "door", "coat"}},
        {"lantern_room", {"glass", "bay", "lens", "key"}},
        {"lane", {"window", "arch", "garden", "shop"}},
        {"garden", {"herbs", "beds", "brick", "bench", "bees", "wall"}},
        {"shop", {"shelves", "ceiling", "drawer", "ladder", "rails", "prices"}}};
    return all;
}

}  // namespace

TEST_CASE("town: there are twenty rooms, and a way to each", "[world][town]") {
    Evening evening;
    auto& town = evening.town;
    std::set<ObjectId> reached{evening.named("square")};
    std::vector<ObjectId> next{reached.begin(), reached.end()};
    town.world.transaction.begin({});
    while (!next.empty()) {
        Object& room = *town.world.objects.living(next.back());
        next.pop_back();
        const Value* exits = town.world.transaction.read(room, atom(atoms::exits));
        REQUIRE(exits != nullptr);
        for (const Value& each : exits->container().list) {
            Object& exit = *town.world.objects.living(each.object());
            for (const auto end : {atoms::exit_from, atoms::exit_to}) {
                const ObjectId there = town.world.reference(exit, atom(end));
                if (reached.insert(there).second) next.push_back(there);
            }
        }
    }
    town.world.transaction.rollback();
    std::set<ObjectId> rooms;
    for (const Sight& view : views()) rooms.insert(evening.named(view.room));
    CHECK(rooms.size() == 20);
    CHECK(reached == rooms);
}

TEST_CASE("town: what a description names can be looked at", "[world][town]") {
    Evening evening;
    auto& [town, alice, bob, carol] = evening;
    evening.set(evening.make("oil_lantern", alice.id), atoms::lit, Value{true});
    for (const Sight& view : views()) {
        evening.set(alice.id, atoms::location, Value{evening.named(view.room)});
        for (const char* noun : view.nouns) {
            INFO(view.room << ": " << noun);
            evening.forget();
            const Outcome outcome = town.types(alice.id, std::string{"look at "} + noun);
            const std::string seen = alice.ear.heard();
            CHECK(outcome.kind == Outcome::Kind::done);
            CHECK_FALSE(seen.empty());
        }
        CHECK(evening.types(alice, "look at unicorn") == "You see no unicorn here.");
        CHECK(evening.types(alice, "take unicorn") == "You see no unicorn here.");
    }
}

TEST_CASE("town: parts of a view are seen, not taken, and not in the dark", "[world][town]") {
    Evening evening;
    auto& [town, alice, bob, carol] = evening;
    CHECK(evening.types(alice, "take cobbles") == "That belongs to the place, and stays there.");
    CHECK(evening.types(alice, "examine the old houses").find("Four storeys") == 0);
    evening.go("n then open door then d");
    CHECK(evening.types(alice, "look at barrels").find("You see no barrels here.") == 0);
    CHECK(evening.types(alice, "look") == "It is pitch dark.");
}

TEST_CASE("town: goods cost coins, which the keeper gets", "[world][town]") {
    Evening evening;
    auto& [town, alice, bob, carol] = evening;
    evening.go("e then n");
    CHECK(evening.types(alice, "list").find("meat pie") != std::string::npos);
    CHECK(evening.types(alice, "buy pie") == "That is three coins, and you have no coins.");
    CHECK(evening.types(alice, "buy cake") == "Hanne does not sell that.");
    CHECK(evening.nobody_else_heard());
    evening.coins(alice.id, 5);
    CHECK(evening.types(alice, "buy a meat pie from hanne") ==
          "You buy a meat pie from Hanne for three coins.|Hanne says, \"Eat it while it is warm.\"");
    CHECK(bob.ear.heard() ==
          "Alice buys a meat pie from Hanne for three coins.|Hanne says, \"Eat it while it is warm.\"");
    CHECK(evening.types(alice, "i") == "You carry two coins and a meat pie.");
    CHECK(evening.types(alice, "buy bread").find("You buy a bread roll from Hanne for one coin.") == 0);
    CHECK(evening.types(alice, "buy bread from bob") == "Bob sells nothing.");
    CHECK(evening.types(bob, "look at hanne").find("She carries four coins.") != std::string::npos);
    evening.go("s");
    CHECK(evening.types(alice, "buy bread") == "Nobody sells anything here.");
}

TEST_CASE("town: newcomers find coins in the fountain, once each", "[world][town]") {
    Evening evening;
    auto& [town, alice, bob, carol] = evening;
    CHECK(evening.types(alice, "search fountain") ==
          "You search the leaves in the fountain and find eight coins.");
    CHECK(bob.ear.heard() == "Alice searches the leaves in the fountain and finds eight coins.");
    CHECK(evening.types(alice, "search fountain").find("more leaves") != std::string::npos);
    CHECK(evening.nobody_else_heard());
    CHECK(evening.types(alice, "i") == "You carry eight coins.");
    CHECK(evening.types(bob, "search fountain").find("find eight coins") != std::string::npos);
}

TEST_CASE("town: the gate on the stair opens with the key from the rack", "[world][town]") {
    Evening evening;
    auto& [town, alice, bob, carol] = evening;
    evening.go("n");
    CHECK(evening.types(alice, "u") == "The stair gate is shut.");
    CHECK(evening.types(alice, "open gate") == "The stair gate is locked.");
    CHECK(evening.types(alice, "unlock gate") == "You lack the right key.");
    CHECK(evening.types(alice, "take key from rack") == "You take the brass key from the key rack.");
    CHECK(evening.types(alice, "unlock gate with key") == "You unlock the stair gate with a brass key.");
    CHECK(evening.types(alice, "open gate then u").find("Guest room") != std::string::npos);
    CHECK(evening.types(alice, "write Slept well in book") == "You write something on the guest book.");
    CHECK(evening.types(alice, "read book").find("\"Slept well\"") != std::string::npos);
}

TEST_CASE("town: the loft is dark until a light is brought", "[world][town]") {
    Evening evening;
    auto& [town, alice, bob, carol] = evening;
    evening.make("oil_lantern", alice.id);
    town.types(alice.id, "e then e then e then open mill door then n then u");
    CHECK(evening.types(alice, "look") == "It is pitch dark.");
    CHECK(evening.types(alice, "open trunk").find("trunk") != std::string::npos);
    evening.types(alice, "light lantern");
    CHECK(evening.types(alice, "look").find("A wooden trunk is here.") != std::string::npos);
    CHECK(evening.types(alice, "open trunk then take spyglass").find("You take the spyglass") !=
          std::string::npos);
    CHECK(evening.types(alice, "look through spyglass") == "You see the wall, very large.");
}

TEST_CASE("town: nobody's code sends or robs others", "[world][town]") {
    Evening evening;
    auto& [town, alice, bob, carol] = evening;
    const std::vector<script::ClassSource> sources{
        {"lever",
         "inherit \"thing\"\nproperty.name = \"lever\"\n"
         "verb \"push person with this\"\n"
         "function self:push(who, whom) who.location:exit(\"north\"):pass(whom) end\n"
         "verb \"pull person with this\"\n"
         "function self:pull(who, whom) whom:go \"north\" end\n"
         "verb \"rob person with this\"\n"
         "function self:rob(who, whom) whom:give_some(whom, 2, whom:contents(\"coin\")[1], who) end\n"
         "verb \"shake person with this\"\n"
         "function self:shake(who, whom) local c = whom:contents(\"coin\")[1] whom:drop(whom, c) end\n",
         "alice", "database"}};
    REQUIRE(town.world.runtime->load(sources).empty());
    town.commands.classes_changed();
    evening.make("lever", alice.id);
    CHECK(town.types(alice.id, "push bob with lever").kind == Outcome::Kind::failed);
    CHECK(town.types(alice.id, "pull bob with lever").kind == Outcome::Kind::failed);
    evening.coins(bob.id, 5);
    for (const char* line : {"rob bob with lever", "shake bob with lever"})
        CHECK(town.types(alice.id, line).kind == Outcome::Kind::failed);
    CHECK(evening.types(alice, "rob me with lever") ==
          "How many of what? Say for instance: give 2 coins to tom.");
    CHECK(evening.types(bob, "i") == "You carry five coins.");
    CHECK(evening.place_of(bob.id) == evening.named("square"));
    CHECK(town.types(alice.id, "pull me with lever").kind == Outcome::Kind::done);
    CHECK(evening.place_of(alice.id) == evening.named("tavern"));
}
