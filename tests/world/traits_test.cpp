#include "tests/world/evening.hpp"

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

// --- Heaps

TEST_CASE("heap: some of it is taken, dropped and given by number", "[world][core][heap]") {
    Evening evening;
    auto& [town, alice, bob, carol] = evening;
    evening.coins(evening.named("square"), 10);
    CHECK(evening.types(alice, "look").find("ten coins") != std::string::npos);
    CHECK(evening.types(alice, "take 3 coins") == "You take three coins.");
    CHECK(bob.ear.heard() == "Alice takes three coins.");
    CHECK(evening.types(alice, "take a coin") == "You take a coin.");
    CHECK(evening.types(alice, "take coin") == "You take a coin.");
    CHECK(evening.types(alice, "i") == "You carry five coins.");
    CHECK(evening.types(alice, "coins") == "You have five coins.");
    CHECK(evening.types(alice, "give 2 coins to bob") == "You give two coins to Bob.");
    CHECK(bob.ear.heard() == "Alice gives two coins to you.");
    CHECK(carol.ear.heard() == "Alice gives two coins to Bob.");
    CHECK(evening.types(alice, "drop 2 coins") == "You drop two coins.");
    CHECK(evening.types(alice, "i") == "You carry a coin.");
    CHECK(evening.types(bob, "i") == "You carry two coins.");
    CHECK(evening.types(alice, "look").find("seven coins") != std::string::npos);
    CHECK(evening.types(alice, "take coins") == "You take seven coins.");
    CHECK(evening.types(alice, "i") == "You carry eight coins.");
}

TEST_CASE("heap: more than there are is refused and leaves no trace", "[world][core][heap]") {
    Evening evening;
    auto& [town, alice, bob, carol] = evening;
    evening.coins(evening.named("square"), 3);
    const std::size_t before = town.world.objects.living_count();
    CHECK(evening.types(alice, "take 5 coins") == "There are only three coins.");
    CHECK(evening.nobody_else_heard());
    CHECK(evening.types(alice, "take 0 coins") == "That would be none at all.");
    CHECK(town.world.objects.living_count() == before);
    CHECK(evening.types(alice, "take 3 coins") == "You take three coins.");
    CHECK(evening.types(alice, "drop 4 coins") == "There are only three coins.");
    // The house does not let the half go that was parted off already.
    evening.set(evening.coins(evening.named("square"), 6), atoms::fixed, Value{"They are glued on."});
    const std::size_t glued = town.world.objects.living_count();
    CHECK(evening.types(bob, "take 2 coins").find("coins") != std::string::npos);
    CHECK(town.world.objects.living_count() <= glued + 1);
}

TEST_CASE("heap: equal heaps meet in boxes too, and several things are handled at once",
          "[world][core][heap]") {
    Evening evening;
    auto& [town, alice, bob, carol] = evening;
    const ObjectId box = evening.make("container", evening.named("square"), "box");
    evening.coins(alice.id, 9);
    evening.make("thing", alice.id, "mug");
    CHECK(evening.types(alice, "put 2 coins in box") == "You put two coins in the box.");
    CHECK(evening.types(alice, "put 3 coins in box") == "You put three coins in the box.");
    CHECK(evening.types(alice, "look in box").find("In the box are five coins.") != std::string::npos);
    CHECK(evening.types(alice, "take 4 coins from box") == "You take four coins from the box.");
    CHECK(evening.types(alice, "i") == "You carry a mug and eight coins.");
    CHECK(evening.types(alice, "drop coins and mug") == "You drop eight coins.|You drop the mug.");
    CHECK(evening.types(alice, "take all") == "You take the box.|You take the mug.|You take eight coins.");
    CHECK(evening.types(alice, "take all") == "There is nothing here to take.");
    CHECK(town.world.objects.find(box)->contents->ids.size() == 1);
}

// --- What one wears

TEST_CASE("wearable: what is worn shows, and comes off before it is handed on", "[world][core][wearable]") {
    Evening evening;
    auto& [town, alice, bob, carol] = evening;
    evening.make("straw_hat", alice.id);
    evening.make("woollen_scarf", alice.id);
    CHECK(evening.types(alice, "wear hat") == "You put on the straw hat.");
    CHECK(bob.ear.heard() == "Alice puts on the straw hat.");
    CHECK(evening.types(alice, "put hat on") == "You have the straw hat on already.");
    CHECK(evening.nobody_else_heard());
    CHECK(evening.types(alice, "i") == "You carry a woollen scarf.|You wear a straw hat.");
    CHECK(evening.types(bob, "look at alice").find("She wears a straw hat.\nShe carries a woollen scarf.") !=
          std::string::npos);
    CHECK(evening.types(alice, "give hat to bob") ==
          "You take off the straw hat.|You give the straw hat to Bob.");
    CHECK(carol.ear.heard() == "Alice takes off the straw hat.|Alice gives the straw hat to Bob.");
    CHECK(evening.types(bob, "i") == "You carry a straw hat.");
    CHECK(evening.types(alice, "wear hat") == "Bob has the hat.");
    CHECK(evening.types(alice, "remove scarf") == "You do not have the woollen scarf on.");
    CHECK(evening.types(alice, "put on scarf") == "You put on the woollen scarf.");
    CHECK(evening.types(alice, "drop scarf") ==
          "You take off the woollen scarf.|You drop the woollen scarf.");
}

TEST_CASE("wearable: one thing for one place, and what does not come off stays", "[world][core][wearable]") {
    Evening evening;
    auto& [town, alice, bob, carol] = evening;
    const std::vector<script::ClassSource> sources{
        {"cursed_hat",
         "inherit \"straw_hat\"\nproperty.name = \"cursed hat\"\n"
         "function self:can_take_off(who) refuse \"It holds on.\" end\n",
         "", "cursed_hat.lua"}};
    REQUIRE(town.world.runtime->load(sources).empty());
    town.commands.classes_changed();
    evening.make("cursed_hat", alice.id);
    evening.make("straw_hat", alice.id);
    evening.types(alice, "wear straw hat");
    CHECK(evening.types(alice, "wear cursed hat") == "Take off the straw hat first.");
    CHECK(evening.types(alice, "take off straw hat") == "You take off the straw hat.");
    CHECK(evening.types(alice, "wear cursed hat") == "You put on the cursed hat.");
    CHECK(evening.types(alice, "take cursed hat off") == "It holds on.");
    CHECK(evening.types(alice, "drop cursed hat") == "It holds on.");
    CHECK(evening.nobody_else_heard());
    CHECK(evening.types(alice, "i") == "You carry a straw hat.|You wear a cursed hat.");
}

// --- Food

TEST_CASE("edible: food goes away, a drink leaves its vessel", "[world][core][edible]") {
    Evening evening;
    auto& [town, alice, bob, carol] = evening;
    evening.make("meat_pie", alice.id);
    evening.make("small_ale", alice.id);
    CHECK(evening.types(alice, "drink pie") == "One eats the meat pie.");
    CHECK(evening.types(alice, "eat pie") == "You eat some of the meat pie.");
    CHECK(bob.ear.heard() == "Alice eats some of the meat pie.");
    CHECK(evening.types(alice, "eat pie") == "You eat the meat pie.");
    CHECK(evening.types(alice, "eat pie").find("pie") != std::string::npos);
    CHECK(evening.types(alice, "i") == "You carry a jug of small ale.");
    for (int sip = 0; sip < 3; ++sip)
        CHECK(evening.types(alice, "drink ale") == "You drink from the jug of small ale.");
    CHECK(evening.types(alice, "drink from jug") == "The jug of small ale is empty.");
    CHECK(evening.nobody_else_heard());
    CHECK(evening.types(alice, "look at jug").find("It is empty.") != std::string::npos);
}

// --- Sitting and driving

TEST_CASE("seat: one sits, is seen to sit, and stands up to leave", "[world][core][seat]") {
    Evening evening;
    auto& [town, alice, bob, carol] = evening;
    evening.go("n");
    CHECK(evening.types(alice, "sit on settle") == "You sit down on the settle.");
    CHECK(bob.ear.heard() == "Alice sits down on the settle.");
    CHECK(evening.types(bob, "sit") == "You sit down on the settle.");
    CHECK(evening.types(carol, "look").find("Alice and Bob are sitting on the settle.") != std::string::npos);
    CHECK(evening.types(carol, "look at settle").find("Alice and Bob are sitting on the settle.") !=
          std::string::npos);
    CHECK(evening.types(carol, "look at alice").find("She is sitting on the settle.") != std::string::npos);
    CHECK(evening.types(alice, "sit on settle") == "You are sitting on the settle already.");
    evening.types(alice, "s");
    CHECK(bob.ear.heard() == "Alice stands up.|Alice leaves south.");
    CHECK(evening.types(alice, "stand") == "You are standing already.");
    CHECK(evening.types(bob, "stand up") == "You stand up.");
    CHECK(carol.ear.heard() == "Bob stands up.");
}

TEST_CASE("seat: there is room for so many", "[world][core][seat]") {
    Evening evening;
    auto& [town, alice, bob, carol] = evening;
    town.types(alice.id, "n then take brass key then unlock gate with key then open gate");
    evening.go("n then u");
    town.types(alice.id, "u");
    CHECK(evening.types(alice, "sit on bed") == "You sit down on the narrow bed.");
    CHECK(evening.types(bob, "sit on bed") == "You sit down on the narrow bed.");
    CHECK(evening.types(carol, "sit on bed") == "The narrow bed has no room left.");
}

TEST_CASE("vehicle: it moves with those who sit in it, and only where it may", "[world][core][vehicle]") {
    Evening evening;
    auto& [town, alice, bob, carol] = evening;
    evening.go("s then s");
    CHECK(evening.types(alice, "row east") == "You are not sitting in anything that moves.");
    CHECK(evening.types(alice, "e") == "That is open water. You would need a boat.");
    CHECK(evening.types(alice, "sit in boat") == "You sit down in the rowing boat.");
    evening.types(bob, "sit in boat");
    CHECK(evening.types(alice, "row north") == "The boat does not go on land.");
    CHECK(evening.nobody_else_heard());
    const std::string rowed = evening.types(alice, "row east");
    CHECK(rowed.find("The rowing boat carries you east.|In the bay") == 0);
    CHECK(bob.ear.heard().find("The rowing boat carries you east.|In the bay") == 0);
    CHECK(carol.ear.heard() == "The rowing boat leaves east with Alice and Bob.");
    CHECK(evening.place_of(evening.named("rowing_boat")) == evening.named("bay"));
    CHECK(evening.place_of(bob.id) == evening.named("bay"));
    CHECK(evening.types(alice, "look").find("Bob is sitting in the rowing boat.") != std::string::npos);
    CHECK(evening.types(alice, "s") == "That is open water. You would need a boat.");
    CHECK(evening.types(bob, "look at alice").find("She is sitting in the rowing boat.") !=
          std::string::npos);
    evening.types(alice, "row south then stand");
    CHECK(evening.types(bob, "row north").find("In the bay") != std::string::npos);
    CHECK(alice.ear.heard() == "The rowing boat leaves north with Bob.");
    CHECK(evening.types(alice, "swim").find("You swim off towards the jetty.|Jetty") == 0);
    CHECK(carol.ear.heard() == "Alice climbs out of the water, dripping.");
}

// --- Reading and writing

TEST_CASE("readable: what is written stays, and not everything is for writing on",
          "[world][core][readable]") {
    Evening evening;
    auto& [town, alice, bob, carol] = evening;
    evening.make("old_notebook", alice.id);
    CHECK(evening.types(alice, "read notebook") == "There is nothing written on the old notebook.");
    CHECK(evening.types(alice, "write Milk, {who} and ink in notebook") ==
          "You write something on the old notebook.");
    CHECK(bob.ear.heard() == "Alice writes something on the old notebook.");
    evening.types(alice, "give notebook to bob");
    CHECK(evening.types(bob, "read notebook") == "\"Milk, {who} and ink\"");
    CHECK(evening.types(alice, "write boo on sign") == "The wooden sign is not for writing on.");
    CHECK(evening.types(alice, "read sign").find("It says: NEW HERE?") == 0);
}
