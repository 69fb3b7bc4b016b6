// `before`: what places say to what somebody inside them is about to do.

#include "tests/world/town_world.hpp"

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

namespace {

/// A keep with a hall in it, where Alice stands, each with the rules that a test gives it; both take notes of
/// what they were asked.
class Keep {
  public:
    Keep(const std::string& keep_rules, const std::string& hall_rules) {
        load("keep", "inherit \"room\"\nsingleton \"keep\"\nproperty.notes = \"\"\n" + keep_rules);
        load("hall",
             "inherit \"room\"\nsingleton \"hall\"\nplace \"keep\"\nproperty.notes = \"\"\n" + hall_rules);
        load("coin",
             "inherit \"thing\"\nproperty.name = \"coin\"\nproperty.names = {\"coins\"}\n"
             "verb \"flip this [with word]\"\nfunction self:flip(who, word)\n"
             "  who:tell(\"It lands.\")\nend");
        town.world.transaction.begin({});
        CHECK(town.world.runtime->settle_singletons().empty());
        town.world.transaction.commit();
        town.commands.classes_changed();
        who = town.player("alice", alice);
        move(who, named("hall"));
    }
    void load(const std::string& name, const std::string& source) {
        const std::vector<script::ClassSource> sources{{name, source, "", name + ".lua"}};
        for (const auto& fault : town.world.runtime->load(sources)) FAIL(fault.message);
    }
    ObjectId named(std::string_view name) { return town.world.names.peek(Names::Space::singleton, name); }
    void move(ObjectId thing, ObjectId place) {
        town.world.transaction.begin({});
        town.world.transaction.set(*town.world.objects.find(thing), atom(atoms::location), Value{place});
        town.world.transaction.commit();
    }
    ObjectId coin(const std::string& name) {
        town.world.transaction.begin({});
        Object& coin = town.world.transaction.create(*town.world.classes.find(town.world.atoms.find("coin")),
                                                     ObjectId::nothing);
        town.world.transaction.set(coin, atom(atoms::name), Value{name});
        town.world.transaction.set(coin, atom(atoms::location), Value{named("hall")});
        town.world.transaction.commit();
        return coin.id;
    }
    std::string notes(std::string_view place) {
        const Property* stored = town.world.objects.find(named(place))->find(town.world.atoms.find("notes"));
        return stored == nullptr ? std::string{} : std::string{stored->value.string()};
    }
    bool holds(ObjectId thing) { return town.world.objects.find(thing)->location == who; }
    std::string type(const std::string& line) {
        const Outcome outcome = town.types(who, line);
        const std::string heard = alice.heard();
        return outcome.text ? heard + "!" + text::plain(*outcome.text) : heard;
    }

    TownWorld town;
    Ear alice;
    ObjectId who = ObjectId::nothing;
};

/// `before LIST` with a method that takes a note and then does `body`.
std::string rule(const std::string& list, const std::string& method, const std::string& body = "") {
    return "before \"" + list + "\"\nfunction self:" + method +
           "(who, target, how, first)\n  self.notes = self.notes .. \"" + method + " \"\n  " + body +
           "\nend\n";
}

}  // namespace

TEST_CASE("place rules: asked from the outermost place in, base class first", "[world][before]") {
    Keep keep(rule("take", "guard"), "");
    keep.load("guarded", "property.notes = \"\"\n" + rule("take", "second") + rule("drop", "other"));
    keep.load("hall",
              "inherit \"room\"\nuse \"guarded\"\nsingleton \"hall\"\nplace \"keep\"\n" +
                  rule("take", "third", "if object(\"keep\").notes ~= \"guard \" then error(\"order\") end"));
    const ObjectId penny = keep.coin("penny");
    keep.type("take penny");
    CHECK(keep.holds(penny));
    CHECK(keep.notes("keep") == "guard ");
    CHECK(keep.notes("hall") == "second third ");
    keep.type("drop penny");
    CHECK(keep.notes("hall") == "second third other ");
    keep.type("look");
    CHECK(keep.notes("keep") == "guard ");
}

TEST_CASE("place rules: an overriding method is asked once", "[world][before]") {
    Keep keep("", "");
    keep.load("guarded", "property.notes = \"\"\n" + rule("take", "guard", "error(\"overridden\")"));
    keep.load("hall", "inherit \"room\"\nuse \"guarded\"\nsingleton \"hall\"\nplace \"keep\"\n" +
                          rule("drop", "guard"));
    const ObjectId penny = keep.coin("penny");
    keep.type("take penny");
    CHECK(keep.holds(penny));
    CHECK(keep.notes("hall") == "guard ");
    keep.type("drop penny");
    CHECK(keep.notes("hall") == "guard guard ");
}

TEST_CASE("place rules: a refusal undoes the whole action and speaks to the actor", "[world][before]") {
    Keep keep(rule("take", "guard"), rule("take", "refuser", "refuse(\"Not here.\")"));
    const ObjectId penny = keep.coin("penny");
    CHECK(keep.type("take penny") == "!Not here.");
    CHECK_FALSE(keep.holds(penny));
    CHECK(keep.notes("keep").empty());
    CHECK(keep.notes("hall").empty());
}

TEST_CASE("place rules: true is done instead, and what the rule did stays", "[world][before]") {
    Keep keep(rule("take", "guard", "who:tell(\"It sticks.\") return true"), rule("take", "never"));
    const ObjectId penny = keep.coin("penny");
    CHECK(keep.type("take penny") == "It sticks.");
    CHECK_FALSE(keep.holds(penny));
    CHECK(keep.notes("keep") == "guard ");
    CHECK(keep.notes("hall").empty());
}

TEST_CASE("place rules: another result, or a rule that declines, lets it go on", "[world][before]") {
    Keep keep(rule("take", "guard", "decline()"), rule("take", "shrug", "return 1"));
    const ObjectId penny = keep.coin("penny");
    keep.type("take penny");
    CHECK(keep.holds(penny));
    CHECK(keep.notes("keep").empty());
    CHECK(keep.notes("hall") == "shrug ");
}

TEST_CASE("place rules: a faulty rule ends the call with nothing done", "[world][before]") {
    Keep keep(rule("take", "guard"), rule("take", "broken", "error(\"bug\")"));
    const ObjectId penny = keep.coin("penny");
    CHECK(keep.type("take penny").find("maker has been told") != std::string::npos);
    CHECK_FALSE(keep.holds(penny));
    CHECK(keep.notes("keep").empty());
}

TEST_CASE("place rules: of several things each is asked about in its own savepoint", "[world][before]") {
    Keep keep("", rule("take", "guard", "if target.name == \"penny\" then refuse(\"Not that.\") end"));
    const ObjectId penny = keep.coin("penny");
    const ObjectId farthing = keep.coin("farthing");
    const std::string heard = keep.type("take penny and farthing");
    CHECK(heard.find("The penny: Not that.") != std::string::npos);
    CHECK_FALSE(keep.holds(penny));
    CHECK(keep.holds(farthing));
    CHECK(keep.notes("hall") == "guard ");
}

TEST_CASE("place rules: told what is done to what, and how", "[world][before]") {
    Keep keep("",
              "before \"*\"\nfunction self:watch(who, target, how, first)\n"
              "  self.notes = self.notes .. how.action .. \"/\" .. how.verb .. \"/\" .."
              " (target and target.name or \"-\") .. \"/\" .."
              " (type(first) == \"string\" and first or first and \"thing\" or \"-\") .. \" \"\nend");
    keep.coin("penny");
    keep.type("flip penny with luck");
    keep.type("get penny");
    keep.type("say hello");
    CHECK(keep.notes("hall") == "flip/flip/penny/luck take/get/penny/thing say_aloud/say/-/hello ");
}

TEST_CASE("place rules: some things nothing can stop", "[world][before]") {
    Keep keep("", rule("*", "stop", "refuse(\"No.\")"));
    CHECK(keep.type("look") == "!No.");
    CHECK(keep.type("help").find("What you can do") != std::string::npos);
    CHECK(keep.type("help look").find("look") != std::string::npos);
    CHECK(keep.type("who").find("Alice") != std::string::npos);
}

TEST_CASE("place rules: one that takes the place or the actor away", "[world][before]") {
    Keep keep(rule("take", "guard", "destroy(object(\"hall\"))"), rule("take", "never", "error(\"gone\")"));
    const ObjectId penny = keep.coin("penny");
    CHECK(keep.type("take penny") == "You take the penny.");
    CHECK(keep.holds(penny));
}
