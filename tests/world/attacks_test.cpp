// What hostile code tries: the files of tests/world/script/attacks, each attack by code of Mallory's in the
// demo world. It must end as its row says, and afterwards the world is as it was.
//
//     --- what it is
//     --> how it must end [who sets it off]
//     the body of `function self:attack(who)`
//     --[[class]]
//     what else stands in its class file

#include "tests/world/town_world.hpp"
#include "world/scheduler.hpp"
#include "world/script/state.hpp"

#include <sys/resource.h>
#include <map>

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

namespace {

struct Attack {
    std::string name, must, by, body, class_part;
};

std::vector<Attack> read_attacks(const std::string& file) {
    std::vector<Attack> attacks;
    std::ifstream in("tests/world/script/attacks/" + file + ".lua");
    REQUIRE(in.good());
    bool in_class = false;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("--- ")) {
            attacks.push_back({line.substr(4), "", "mallory", "", ""});
            in_class = false;
        } else if (line.starts_with("--> ")) {
            std::istringstream words(line.substr(4));
            std::string by;
            words >> attacks.back().must >> by;
            if (!by.empty()) attacks.back().by = by;
        } else if (line == "--[[class]]") {
            in_class = true;
        } else {
            (in_class ? attacks.back().class_part : attacks.back().body) += line + "\n";
        }
    }
    return attacks;
}

constexpr const char* chest_source = R"LUA(
inherit "thing"
property.gold = 100
property.items = {1, 2, 3}
private.code = 42
function self:take(n) if n > self.gold then error("not so much") end self.gold = self.gold - n end
function self:each(f) for i, v in ipairs(self.items) do f(self, i, v) end end
function private:secret() return self.code end
function self:lend(f) f(self.items, 9) end
function self:who_asks() return caller() end
)LUA";

std::int64_t cpu_ms() {
    rusage usage{};
    getrusage(RUSAGE_THREAD, &usage);
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
           (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

/// The square, where Ann has a chest and Bob his hat, bread and coins, and Carol watches.
class Battlefield {
  public:
    Battlefield() {
        for (const char* name : {"ann", "bob", "carol", "mallory"})
            people[name] = town.player(name, ears[name]);
        load("chest", chest_source, "ann");
        load("test_hat", "inherit \"thing\"\nuse \"wearable\"\nproperty.name = \"hat\"");
        load("test_bread", "inherit \"thing\"\nuse \"edible\"\nproperty.name = \"bread\"");
        load("test_seat", "inherit \"thing\"\nuse \"seat\"");
        load("test_lid", "inherit \"thing\"\nuse \"openable\"");
        load("test_heap", "inherit \"thing\"\nuse \"heap\"");
        load("test_book", "inherit \"thing\"\nuse \"readable\"\nproperty.writable = true");
        chest = make("chest", people["ann"], square());
        hat = make("test_hat", people["bob"], people["bob"]);
        bread = make("test_bread", ObjectId::nothing, people["bob"]);
        purse = make("coin", ObjectId::nothing, people["bob"]);
        set(purse, "count", Value{10});
        set(hat, "is_worn", Value{true});
        town.world.scheduler->start([](Scheduler::Milliseconds) {},
                                    [this](const Scheduler::Timer& timer) {
                                        town.calls.run_timer(timer);
                                        town.settle();
                                    });
        before = canaries();
    }
    /// How it ended.
    std::string run(const Attack& attack) {
        const std::string name = "idol" + std::to_string(++count_);
        const auto local = [](const std::string& what, ObjectId id) {
            return "local " + what + " <const> = object(" + std::to_string(number(id)) + ")\n";
        };
        const bool inherits = attack.class_part.find("inherit ") != std::string::npos;
        const std::string source =
            (inherits ? "" : "inherit \"thing\"\n") + attack.class_part + "property.name = \"" + name +
            "\"\nverb \"attack this\"\nfunction self:attack(who)\n" + local("chest", chest) +
            local("hat", hat) + local("bread", bread) + local("purse", purse) + local("bob", people["bob"]) +
            local("carol", people["carol"]) + "do\n" + attack.body + "end\nend\n";
        const std::vector<script::ClassSource> sources{{name, source, "mallory", name + ".lua"}};
        const auto faults = town.world.runtime->load(sources);
        for (const auto& fault : faults) UNSCOPED_INFO(fault.message);
        if (!faults.empty()) return "load";
        town.commands.classes_changed();
        const ObjectId idol = make(name.c_str(), people["mallory"], square());
        before["objects"] = std::to_string(town.world.objects.living_count() - 1);
        for (auto& [who, ear] : ears) ear.heard();
        const Outcome outcome = town.types(people[attack.by], "attack " + name);
        if (outcome.text) UNSCOPED_INFO(text::plain(*outcome.text));
        for (int second = 0; second < 20; ++second) {
            town.clock.advance(std::chrono::seconds{1});
            town.world.scheduler->run_due();
            CHECK(town.world.scheduler->pending() <= OwnerLimits::max_timers);
        }
        heard = ears["mallory"].heard() + ears["bob"].heard();
        carol_heard = ears["carol"].heard();
        clear_away(idol);
        return words_for(outcome.kind);
    }
    /// What must never change.
    std::map<std::string, std::string> canaries() {
        std::map<std::string, std::string> all;
        const auto property = [&](ObjectId object, const char* name) {
            Object* found = town.world.objects.living(object);
            if (found == nullptr) return std::string{"gone"};
            const Value& value = town.world.get_or_nil(*found, town.world.atoms.intern(name));
            std::string bytes;
            put_value(bytes, value);
            return bytes;
        };
        for (const char* name : {"gold", "items", "code", "location", "name", "#owner", "#class"})
            all["chest." + std::string{name}] = property(chest, name);
        for (const auto& [name, thing] : {std::pair{"hat", hat}, {"bread", bread}, {"purse", purse}}) {
            for (const char* each : {"location", "is_worn", "count", "portions", "#owner", "name"})
                all[name + std::string{"."} + each] = property(thing, each);
        }
        for (const auto& [who, id] : people) {
            for (const char* name :
                 {"name", "location", "seat", "away", "description", "#account", "#owner", "breath"})
                all[who + "." + name] = property(id, name);
            all[who + ".role"] = role_name(town.world.role_of(id));
            all[who + ".things"] =
                std::to_string(town.world.transaction.contents(*town.world.objects.find(id)).size());
        }
        for (const char* place : {"square", "marta"}) {
            const ObjectId id = named(place);
            all[place] = std::to_string(number(id)) + property(id, "description") + property(id, "location");
        }
        return all;
    }
    void collect() { lua_gc(town.world.runtime->state().lua, LUA_GCCOLLECT); }
    std::size_t live_bytes() {
        collect();
        return town.world.runtime->live_bytes();
    }

    TownWorld town;
    std::map<std::string, Ear> ears;
    std::map<std::string, ObjectId> people;
    std::map<std::string, std::string> before;
    ObjectId chest, hat, bread, purse;
    std::string heard, carol_heard;

  private:
    static std::string words_for(Outcome::Kind kind) {
        switch (kind) {
            case Outcome::Kind::done:
                return "harmless";
            case Outcome::Kind::refused:
            case Outcome::Kind::declined:
                return "refused";
            case Outcome::Kind::failed:
                return "error";
            case Outcome::Kind::over_budget:
                return "killed";
            case Outcome::Kind::busy:
                break;
        }
        return "busy";
    }
    ObjectId named(std::string_view name) { return town.world.names.peek(Names::Space::singleton, name); }
    ObjectId square() { return named("square"); }
    void load(const char* name, const char* source, const char* owner = "") {
        const std::vector<script::ClassSource> sources{{name, source, owner, std::string{name} + ".lua"}};
        for (const auto& fault : town.world.runtime->load(sources)) FAIL(fault.message);
    }
    ObjectId make(const char* of, ObjectId owner, ObjectId place) {
        town.world.transaction.begin({});
        Class* its = town.world.classes.find(town.world.atoms.find(of));
        REQUIRE(its != nullptr);
        Object& made = town.world.transaction.create(*its, owner);
        town.world.transaction.set(made, atom(atoms::location), Value{place});
        town.world.transaction.commit();
        return made.id;
    }
    void set(ObjectId object, const char* property, Value value) {
        town.world.transaction.begin({});
        town.world.transaction.set(*town.world.objects.find(object), town.world.atoms.intern(property),
                                   std::move(value));
        town.world.transaction.commit();
    }
    /// Mallory's things go, with their timers.
    void clear_away(ObjectId idol) {
        town.world.transaction.begin({});
        std::vector<Object*> his;
        const ObjectId mallory = people["mallory"];
        town.world.objects.each([&](Object& object) {
            if (object.id == idol || (object.owner == mallory && object.id != mallory))
                his.push_back(&object);
        });
        for (Object* object : his) {
            town.world.scheduler->cancel(object->id, Atom::none);
            town.world.transaction.destroy(*object);
        }
        town.world.transaction.commit();
    }
    int count_ = 0;
};

/// What reaches for what is not there does not even load.
bool ends_as(const std::string& how, const std::string& must) {
    return how == must || (must == "error" && how == "load") ||
           (must == "stopped" && (how == "killed" || how == "error" || how == "refused"));
}

}  // namespace

TEST_CASE("attacks: each ends as it must and leaves the world as it was", "[world][attacks]") {
    const std::string file = GENERATE("budget", "timers", "rights", "deputies");
    Battlefield field;
    std::size_t bytes = 0;
    for (const Attack& attack : read_attacks(file)) {
        INFO(file << ": " << attack.name);
        const std::int64_t begin = cpu_ms();
        const std::string how = field.run(attack);
        INFO("it ended: " << how << ", Mallory heard: " << field.heard.substr(0, 300));
        CHECK(cpu_ms() - begin < 60'000);  // Sanitizers make some a hundred times slower.
        CHECK(ends_as(how, attack.must));
        CHECK(field.heard.find("PWNED") == std::string::npos);
        if (attack.by != "bob") {
            INFO(field.carol_heard.substr(0, 300));
            CHECK(field.carol_heard.find("Bob") == std::string::npos);
        }
        for (const auto& [what, now] : field.canaries()) {
            INFO(what);
            CHECK(now == field.before[what]);
        }
        CHECK(field.town.types(field.people["carol"], "look").kind == Outcome::Kind::done);
        if (bytes == 0) bytes = field.live_bytes();
    }
    CHECK(field.live_bytes() < bytes + (4U << 20));
}
