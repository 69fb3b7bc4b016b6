#include "script_world.hpp"

namespace gyre::world::script {

namespace {

/// Ann has an account and a character and owns a chest class; Mallory has code.
struct Owners : ScriptWorld {
    Owners() {
        world.transaction.begin({});
        const Account& account = world.accounts.create("Ann", "", 0, world.transaction);
        ann = &world.transaction.create(*world.classes.find(world.atoms.find("player")), ObjectId::nothing);
        world.transaction.set(*ann, atom(atoms::account), Value{account.id});
        world.names.add(Names::Space::character, "Ann", ann->id, world.transaction);
        world.transaction.commit();
        good("chest", R"LUA(
inherit "thing"
property.gold = 100
property.items = {1, 2, 3}
private.code = 42
function self:take(n) if n > self.gold then error("not so much") end self.gold = self.gold - n end
function self:each(f) for i, v in ipairs(self.items) do f(self, i, v) end end
function private:secret() return self.code end
function self:public() return self:secret() end
function self:lend(f) f(self.items, 9) end
)LUA",
             "Ann");
        chest = &create("chest", room);
        own(*chest);
    }
    void own(Object& object) {
        world.transaction.begin({});
        world.transaction.set(object, atom(atoms::owner), Value{ann->id});
        world.transaction.commit();
    }
    std::string evil(const std::string& body, const std::string& owner = "Mallory") {
        const std::string name = "evil" + std::to_string(++count_);
        good(name.c_str(), ("inherit \"thing\"\nfunction self:go(v) " + body + " end").c_str(), owner);
        const CallResult result = call(create(name.c_str(), room), "go", {Value{chest->id}});
        return result.kind == CallResult::Kind::done ? "ok " + show(result.value)
                                                     : result.error().substr(result.error().find(": ") + 2);
    }
    Object* ann = nullptr;
    Object* chest = nullptr;

  private:
    int count_ = 0;
};

constexpr const char* denied = "code of Mallory may not write chest #";

}  // namespace

TEST_CASE("permissions: only code of the chain, the owner or a wizard writes",
          "[world][script][permissions]") {
    Owners world;
    const std::string id = std::to_string(number(world.chest->id));
    CHECK(world.evil("v.gold = 0") == denied + id + ".gold, which belongs to Ann: call one of its methods");
    CHECK(world.evil("v.gold = 0", "Ann") == "ok nil");
    CHECK(world.evil("v.gold = 100", "") == "ok nil");
    CHECK(world.evil("v:take(5) return v.gold") == "ok 95");
}

TEST_CASE("permissions: there is no way around", "[world][script][permissions]") {
    Owners world;
    const char* body =
        GENERATE("table.insert(v.items, 9)", "pcall(table.insert, v.items, 9) v.gold = 1",
                 "table.remove(v.items)", "table.sort(v.items, function(a, b) return a > b end)",
                 "return table.insert(v.items, 9)", "v.items[1] = 5", "v.items = {}",
                 "('x'):gsub('x', function() v.gold = 0 end)", "v:each(function(c, i) c.gold = 0 end)",
                 "destroy(v)", "after(1, v, 'take')", "cancel(v)", "v:move_to(self)");
    CHECK(world.evil(body).find(denied) == 0);
    CHECK(show(world.property(*world.chest, "gold")) == "100");
    CHECK(show(world.property(*world.chest, "items")) == "{1,2,3}");
}

TEST_CASE("permissions: a built-in handed to another's code acts as that code",
          "[world][script][permissions]") {
    Owners world;
    CHECK(world.evil("v:lend(table.insert) return #v.items") == "ok 4");
}

TEST_CASE("permissions: private members are seen by those who may write", "[world][script][permissions]") {
    Owners world;
    CHECK(world.evil("return v.code") == "'code' of chest is private: call one of its public methods");
    CHECK(world.evil("return v:secret()") == "'secret' of chest is private: call one of its public methods");
    CHECK(world.evil("return v:public()") == "ok 42");
    CHECK(world.evil("return v.code", "Ann") == "ok 42");
    CHECK(world.evil("return v.code", "") == "ok 42");
}

TEST_CASE("permissions: what code makes belongs to its owner", "[world][script][permissions]") {
    Owners world;
    CHECK(world.evil("local t = create('thing', self.location) t.name = 'x' return t.owner == "
                     "world:find_player('Ann')",
                     "Ann") == "ok true");
    CHECK(world.evil("create('chest', self.location, {code = 1})") ==
          "'chest' belongs to Ann, who does not share it");
}

TEST_CASE("permissions: nobody is made to speak", "[world][script][permissions]") {
    Owners world;
    CHECK(world.evil("world:find_player('Alice'):say('hi')") == "ok nil");
    CHECK(world.evil("world:find_player('Bob'):say('hi')").find("this code may not speak as") == 0);
}

TEST_CASE("permissions: moving what one acts on, holds or owns", "[world][script][permissions]") {
    Owners world;
    CHECK(world.evil("world:find_player('Alice'):move_to(self.location)") == "ok nil");
    CHECK(world.evil("world:find_player('Bob'):move_to(self)").find("may not write") != std::string::npos);
}

}  // namespace gyre::world::script
