#include "tests/app/rock_world.hpp"

#include <string>

using namespace gyre;

namespace {

constexpr const char* rock = R"(
inherit "npc"
property.name = "golem"
property.count = 0
verb "order this text"
function self:order(who, line) self.count = 1 self:command(line) self.count = 2 end
verb "try this text"
function self:attempt(who, line)
  local went, why = try(self, "obey", line)
  who:tell("{s}", {s = went and "done" or why})
end
function self:obey(line) self.count = self.count + 1 self:command(line) end
verb "order loop"
function self:loop(who) self.count = self.count + 1 self:command("order loop") end
verb "spin this"
function self:spin(who) while true do end end
verb "break this"
function self:shatter(who) local x; x.y = 1 end
verb "puppet this"
function self:puppet(who) who:command("say I obey.") end
)";

std::string run(const std::string& body) {
    return app::test::run_test(rock, "local coin = create('thing', here, {name = 'coin'})\n" + body);
}

}  // namespace

TEST_CASE("command: a person of the world does what a player could", "[app][command]") {
    CHECK(run(R"(alice:types "order golem say Stones are patient."
bob:sees 'The golem says, "Stones are patient."' check(rock.count == 2)
alice:types "order golem take coin" check(coin.location == rock)
bob:sees "The golem takes the coin.")") == "");
}

TEST_CASE("command: what is refused is refused to the one who acts, and undone", "[app][command]") {
    CHECK(run(R"(alice:types "order golem frobnicate"
alice:sees "I do not know how to 'frobnicate'." check(rock.count == 0)
alice:types "order golem take coin then frobnicate" check(coin.location == rock, "the first sentence stays"))") ==
          "");
}

TEST_CASE("command: within try it is undone alone", "[app][command]") {
    CHECK(run(R"(alice:types "try golem take moon" alice:sees "..." check(rock.count == 0)
alice:types "try golem take coin" check(rock.count == 1) alice:sees("...", "done"))") == "");
}

TEST_CASE("command: lines within lines end", "[app][command]") {
    CHECK(run(R"(alice:types "order loop" alice:sees "..." check(rock.count == 0)
alice:types "look" alice:sees("Here", "..."))") == "");
}

TEST_CASE("command: errors and kills go through", "[app][command]") {
    CHECK(run(R"(alice:types "order golem break golem" alice:sees "..." check(rock.count == 0)
alice:types "order golem spin golem" alice:sees "..." check(rock.count == 0))") == "");
}

TEST_CASE("command: the actor himself can be made to speak", "[app][command]") {
    CHECK(run(R"(alice:types "puppet golem" bob:sees 'Alice says, "I obey."')") == "");
}
