#include "world/script/authority.hpp"

#include "script_world.hpp"
#include "world/script/state.hpp"

namespace gyre::world::script {

namespace {

int crown(lua_State* lua) {
    check_authority(lua);
    lua_pushliteral(lua, "crowned");
    return 1;
}

/// Wanda is a wizard, Ann a builder. The library has a throne whose method needs authority.
struct Court : ScriptWorld {
    Court() {
        State& state = world.runtime->state();
        lua_rawgeti(state.lua, LUA_REGISTRYINDEX, state.base);
        set_functions(state.lua, {{"crown", guarded<crown>}});
        lua_pop(state.lua, 1);
        good("throne", R"LUA(
inherit "thing"
singleton "throne"
function self:rise(who) local word = crown() return word end
function self:hand_on(who) return self:rise(who) end
function self:each(f, who) f(self, who) end
function self:light(who) return "lit" end
)LUA");
        CHECK(settle().empty());
        wanda = &account("Wanda", Role::wizard);
        ann = &account("Ann", Role::builder);
        actor = wanda;
        world.wizard_rights.turn_on(wanda->id);
        world.runtime->run_line = [this](ObjectId person, std::string_view) {
            const Value who{person};
            return world.runtime->call(named("throne"), world.atoms.intern("rise"), {&who, 1}, patient());
        };
    }
    Object& account(const char* name, Role role) {
        Object& made = person(name, "she");
        world.transaction.begin({});
        const Account& of = world.accounts.create(name, "", 0, world.transaction);
        world.accounts.set_role(of.id, role, world.transaction);
        world.transaction.set(made, atom(atoms::account), Value{of.id});
        world.transaction.commit();
        return made;
    }
    ObjectId named(const char* name) { return world.names.peek(Names::Space::singleton, name); }
    /// What code of this account gets from its method: the value, "refused: ..." or the error.
    std::string tries(const std::string& body, const std::string& owner) {
        const std::string name = "deputy" + std::to_string(++count_);
        good(name.c_str(),
             ("inherit \"thing\"\nfunction self:rise() return crown() end\nfunction self:go(who)\n"
              "local throne = object \"throne\";\n" +
              body + "\nend")
                 .c_str(),
             owner);
        const CallResult result = call(create(name.c_str(), room), "go", {Value{actor->id}});
        if (result.kind == CallResult::Kind::done) return show(result.value);
        if (result.kind == CallResult::Kind::refused) {
            begin_reading();
            const auto tree = text::resolve(*result.text, actor->id, world.perception);
            world.transaction.commit();
            return "refused: " + text::plain(*tree.value());
        }
        return result.error();
    }
    Object* wanda = nullptr;
    Object* ann = nullptr;

  private:
    void begin_reading() { world.transaction.begin({}); }
    int count_ = 0;
};

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("authority: a wizard's code has it, called by a wizard whose rights are on",
          "[world][script][authority]") {
    Court court;
    CHECK(court.tries("return crown()", "") == "crowned");
    CHECK(court.tries("local word = throne:rise(who) return word", "") == "crowned");
    CHECK(court.tries("local word = throne:rise(who) return word", "Wanda") == "crowned");
    CHECK(court.tries("local ok, word = pcall(crown) return word", "Wanda") == "crowned");
    CHECK(court.tries("who:command('rise')", "Wanda") == "nil");
}

TEST_CASE("authority: builder code in any frame takes it away", "[world][script][authority]") {
    Court court;
    const char* body =
        GENERATE("return crown()", "local word = throne:rise(who) return word",
                 "throne:each(throne.rise, who)", "throne:each(function(t, w) t:rise(w) end, who)",
                 "table.sort({1, 2}, function() throne:rise(who) end)",
                 "('x'):gsub('x', function() throne:rise(who) end)",
                 "local ok, why = pcall(throne.rise, throne, who) "
                 "if not ok then error(why, 0) end return why",
                 "local _, why = pcall(function() throne:rise(who) end) error(why, 0)",
                 "try(throne, 'rise', who)", "who:command('rise')", "try(who, 'command', 'rise')");
    INFO(body);
    const std::string got = court.tries(body, "Ann");
    INFO(got);
    CHECK(contains(got, "crown is for wizards' code alone, and deputy"));
    CHECK(contains(got, " called it, of Ann"));
}

TEST_CASE("authority: a tail call is an error, never a guess", "[world][script][authority]") {
    Court court;
    const std::string hidden = court.tries("local word = throne:hand_on(who) return word", "");
    CHECK(contains(hidden, "throne.lua:4: crown must know who called, and a tail call led to throne.lua:4"));
    CHECK(contains(hidden, "write 'local r = f() return r'"));
    CHECK(contains(court.tries("return throne:rise(who)", "Ann"), "crown"));
    CHECK(contains(court.tries("return self:rise()", "Ann"), "wizards' code alone"));
}

TEST_CASE("authority: it is the actor's, whoever the code was written by", "[world][script][authority]") {
    Court court;
    SECTION("a wizard whose rights are off reads how to turn them on") {
        court.world.wizard_rights.turn_off(court.wanda->id);
        CHECK(court.tries("return crown()", "")
                  .starts_with("refused: Your rights as a wizard are off: wizard on"));
    }
    SECTION("half an hour later they are off") {
        court.clock.seconds += 30 * 60 - 1;
        CHECK(court.tries("return crown()", "") == "crowned");
        court.clock.seconds += 1;
        CHECK(contains(court.tries("return crown()", ""), "wizard on"));
    }
    SECTION("a builder has none") {
        court.actor = court.ann;
        CHECK(contains(court.tries("return crown()", ""), "crown is for wizards: give its verb"));
    }
    SECTION("a clock has none") {
        const std::string name = "clockwork";
        court.good(name.c_str(), "inherit \"thing\"\nfunction self:go() return crown() end");
        Object& object = court.create(name.c_str(), court.room);
        const std::string_view service = GENERATE("timer", "listener", "telnet");
        Origin origin;
        origin.service = service;
        origin.actor = service == "listener" ? court.wanda->id : ObjectId::nothing;
        court.world.transaction.begin(std::move(origin));
        const CallResult result =
            court.world.runtime->call(object.id, court.world.atoms.intern("go"), {}, ScriptWorld::patient());
        court.world.transaction.rollback();
        CHECK(contains(result.error(), "a listener or a timer has nobody's authority"));
    }
}

}  // namespace gyre::world::script
