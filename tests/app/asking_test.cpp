#include "tests/app/rock_world.hpp"

#include <string>

using namespace gyre;
using namespace gyre::app;

namespace {

constexpr const char* rock = R"(
inherit "thing"
property.name = "rock"
property.words = ""
property.count = 0
property.colours = {"red", "green", "dark green"}
verb "carve this"
function self:carve(who)
  self.count = self.count + 1
  local words = who:ask "What do you carve?"
  self.words = words
  self:announce("{who} {who:carves} something into {it}.", {who = who, it = self})
end
verb "whisper to this"
function self:confide(who) self.words = who:ask_secret("{the it} listens.", {it = self}) end
verb "smash this"
function self:smash(who)
  who:confirm(text("Smash {the it}?", {it = self}))
  self.count = 7
  who:tell "It holds."
end
verb "paint this"
function self:paint(who)
  local colour = who:choose("Which colour?", self.colours)
  self.words = colour
  who:tell("Painted {c}.", {c = colour})
end
verb "give this to person"
function self:offer(who, to) local x = who:choose("To whom?", {to, who}) who:tell("{x}!", {x = x}) end
verb "write on this"
function self:write(who) self.words = who:edit("Write.", self.words) end
verb "count this"
function self:count_up(who)
  for n = 1, 3 do who:tell("{n}.", {n = n}) wait(10) end
  who:tell "Done."
end
verb "twice this"
function self:twice(who)
  local held = text("{the it}", {it = self})
  local a = who:ask "First?"
  local b = who:ask "Second?"
  who:tell("{a} and {b}: ", {a = a, b = b} ) who:tell(held)
end
verb "badly this"
function self:badly(who) pcall(function() who:ask "?" end) self.words = "caught" end
verb "nosy this"
function self:nosy(who) for _, each in ipairs(who.location:people()) do
  if each ~= who then each:ask "Password?" end end end
verb "fail this"
function self:fail_later(who) self.count = 1 who:ask "?" self.count = 2 local x; x.y = 1 end
verb "refuse this"
function self:refuse_later(who) self.count = 1 who:ask "?" self.count = 2 refuse "No." end
verb "sleep this"
function self:sleep(who) wait(4000) end
verb "feed this"
function self:feed(who) who:pay(3, self, "a warm feeling") self.count = self.count + 3 end
verb "overfeed this"
function self:overfeed(who) who:pay(0, self) end
function self:tick() self.count = 1 wait(5) self.count = 2 end
function self:tick_and_ask() object("x"):ask("?") end
)";

std::string run(const std::string& body) { return test::run_test(rock, body); }

}  // namespace

TEST_CASE("asking: the next line is the answer, and what came before is done", "[app][asking]") {
    CHECK(run(R"(alice:types "carve rock"
alice:sees "What do you carve?"
check(rock.count == 1 and rock.words == "")
alice:answers "look"
check(rock.words == "look")
alice:sees "You carve something into the rock."
bob:sees "Alice carves something into the rock."
alice:types "look" alice:sees("Here", "..."))") == "");
}

TEST_CASE("asking: others go on meanwhile, and nobody else can answer", "[app][asking]") {
    CHECK(run(R"(alice:types "carve rock"
bob:types "say me"
check(rock.words == "")
alice:sees("What do you carve?", 'Bob says, "me"')
alice:answers "mine" check(rock.words == "mine"))") == "");
}

TEST_CASE("asking: cancel ends the call and keeps what came before", "[app][asking]") {
    CHECK(run(R"(alice:types "carve rock"
alice:answers " Cancel "
alice:sees("What do you carve?", "You leave it at that.")
check(rock.count == 1 and rock.words == "")
alice:types "look" alice:sees("Here", "..."))") == "");
}

TEST_CASE("asking: a question lapses after five minutes", "[app][asking]") {
    CHECK(run(R"(alice:types "carve rock"
t:advance(299) alice:sees "What do you carve?"
t:advance(1) alice:sees "You were asked something too long ago; it is left at that."
alice:types "look" alice:sees("Here", "...") check(rock.words == ""))") == "");
}

TEST_CASE("asking: a lapse does not touch a later question", "[app][asking]") {
    CHECK(run(R"(alice:types "carve rock" alice:answers "a"
t:advance(200) alice:types "carve rock" t:advance(150) alice:answers "b" check(rock.words == "b"))") == "");
}

TEST_CASE("asking: confirm wants yes or no", "[app][asking]") {
    CHECK(run(R"(alice:types "smash rock" alice:sees "Smash the rock?"
alice:answers "perhaps" alice:sees "Please answer yes or no; no leaves it at that."
alice:answers "Y" alice:sees "It holds." check(rock.count == 7))") == "");
    CHECK(run(R"(alice:types "smash rock" alice:answers "no"
alice:sees("Smash the rock?", "You leave it at that.") check(rock.count == 0))") == "");
}

TEST_CASE("asking: choose takes a number, words or a beginning", "[app][asking]") {
    CHECK(run(R"(alice:types "paint rock"
alice:sees("Which colour?", "1  red", "2  green", "3  dark green")
alice:answers "4" alice:sees([=[Please answer with one of the numbers, or "cancel".]=])
alice:answers "" alice:sees([=[Please answer with one of the numbers, or "cancel".]=])
alice:answers "DARK" alice:sees "Painted dark green."
alice:types "paint rock" alice:answers "2" alice:sees("...", "Painted green.")
alice:types "paint rock" alice:answers "gr" alice:sees("...", [=[That fits several; please give the number, or "cancel".]=])
alice:answers "green" alice:sees "Painted green.")") == "");
}

TEST_CASE("asking: choose gives back the thing itself", "[app][asking]") {
    CHECK(run(R"(alice:types "give rock to bob" alice:sees("To whom?", "1  Bob", "2  You")
alice:answers "bob" alice:sees "Bob!")") == "");
}

TEST_CASE("asking: a list that shrank meanwhile is an error, not another choice", "[app][asking]") {
    CHECK(run(R"(alice:types "paint rock" rock.colours = {"red"} alice:answers "3"
alice:sees("...", "...") check(rock.words == ""))") == "");
}

TEST_CASE("asking: edit takes lines up to a full stop", "[app][asking]") {
    CHECK(run(R"(rock.words = "Old." alice:types "write on rock"
alice:sees("Write.", "Old.", "...")
alice:answers "one" alice:answers "" alice:answers "quit" alice:sees_nothing()
alice:answers "." check(rock.words == "Old.\none\n\nquit"))") == "");
    CHECK(run(R"(rock.words = "Old." alice:types "write on rock" alice:answers "x" alice:answers "cancel"
check(rock.words == "Old."))") == "");
    CHECK(run(R"(alice:types "write on rock" alice:sees "..."
for _ = 1, 70 do alice:answers(("x"):rep(1000)) end
alice:sees("There is no room for that line: end the text with a full stop.", "...")
alice:answers "." check(#rock.words > 60000 and #rock.words <= 65536))") == "");
}

TEST_CASE("asking: wait lets time pass, and the player do other things", "[app][asking]") {
    CHECK(run(R"(alice:types "count rock" alice:sees "1."
alice:types "say hm" alice:sees 'You say, "hm"'
t:advance(10) alice:sees "2." t:advance(25) alice:sees("3.", "Done."))") == "");
}

TEST_CASE("asking: a call may ask several times, and keeps the texts it holds", "[app][asking]") {
    CHECK(run(R"(alice:types "twice rock" alice:answers "one" alice:answers "two"
alice:sees("First?", "Second?", "one and two: ", "The rock"))") == "");
}

TEST_CASE("asking: a method may be waiting that another calls by super", "[app][asking]") {
    constexpr const char* boulder = R"(
inherit "rock"
property.name = "boulder"
function self:carve(who) super.carve(self, who) self.count = self.count + 10 end
)";
    CHECK(test::run_test(rock, R"(local big = create("boulder", here)
alice:types "carve boulder" check(big.count == 1) alice:answers "x"
check(big.count == 11 and big.words == "x"))",
                         boulder) == "");
}

TEST_CASE("asking: where it cannot wait it is an error", "[app][asking]") {
    CHECK(run(R"(alice:types "badly rock" check(rock.words == "caught"))") == "");
    CHECK(run(R"(alice:types "nosy rock" bob:sees_nothing() alice:sees "...")") == "");
    CHECK(
        run(R"(alice:types "sleep rock" alice:sees("...") check(not pcall(function() alice:answers "x" end)))") ==
        "");
    CHECK(run("alice:ask '?'") ==
          "it_test.lua:5: ask works only in what a player's line or a timer began, and for one thing");
    CHECK(run("wait(1)") != "");
}

TEST_CASE("asking: what follows the answer is a transaction of its own", "[app][asking]") {
    CHECK(run(R"(alice:types "fail rock" alice:answers "x" check(rock.count == 1))") == "");
    CHECK(
        run(R"(alice:types "refuse rock" alice:answers "x" alice:sees("?", "No.") check(rock.count == 1))") ==
        "");
}

TEST_CASE("asking: a call whose object is destroyed meanwhile ends", "[app][asking]") {
    CHECK(run(R"(alice:types "carve rock" destroy(rock) alice:answers "x"
alice:sees("What do you carve?", "...") alice:types "look" alice:sees("Here", "..."))") == "");
}

TEST_CASE("asking: a price is paid only by who agrees", "[app][asking]") {
    CHECK(run(R"(local purse = create("coin", alice, {count = 5})
alice:types "feed rock" alice:sees "Give three coins to the rock for a warm feeling? Yes or no."
alice:answers "no" check(alice.coins == 5 and rock.count == 0)
alice:types "feed rock" alice:answers "yes"
alice:sees("...", "You give three coins to the rock.") bob:sees "Alice gives three coins to the rock."
check(alice.coins == 2 and rock.count == 3 and #rock:contents "coin" == 1)
alice:types "feed rock" alice:sees "That is three coins, and you have two coins."
alice:types "overfeed rock" alice:sees "..." check(alice.coins == 2))") == "");
    CHECK(run(R"(local purse = create("coin", alice, {count = 5})
alice:types "feed rock" destroy(purse) alice:answers "yes"
alice:sees("...", "That is three coins, and you have no coins.") check(rock.count == 0))") == "");
}

TEST_CASE("asking: a timer may wait too, but ask nobody", "[app][asking]") {
    CHECK(run(R"(after(1, rock, "tick") t:advance(1) check(rock.count == 1) t:advance(5)
check(rock.count == 2))") == "");
}

TEST_CASE("asking: fifty calls of a player may wait, and end with their time", "[app][asking]") {
    CHECK(run(R"(for _ = 1, 50 do alice:types "count rock" end
alice:sees("...", "1.") alice:types "count rock"
alice:sees "You are in the middle of too much already."
bob:types "count rock" bob:sees "1."
t:advance(40) alice:sees("...", "Done.") alice:types "count rock" alice:sees "1.")") == "");
}

TEST_CASE("asking: what a call holds while it waits is limited", "[app][asking]") {
    const auto waits_with = [](const std::string& locals) {
        const std::string thing =
            "inherit 'thing'\nproperty.name = 'rock'\nproperty.count = 0\n"
            "verb 'hold this'\nfunction self:hold(who)\n" +
            locals + "\nself.count = 1 who:ask '?' self.count = 2\nend";
        return test::run_test(thing.c_str(),
                              "alice:types 'hold rock' alice:answers 'x' check(rock.count == 2)");
    };
    CHECK(waits_with("local s = ('x'):rep(200000)") == "");
    CHECK(waits_with("for i = 1, 4 do local s = ('x'):rep(90000) .. i end") == "");
    CHECK(waits_with("local s = ('x'):rep(300000)") != "");
    CHECK(waits_with("local t = {} for i = 1, 10000 do t[i] = i end") != "");
    CHECK(waits_with("local t = {} for i = 1, 2000 do t = {t} end") == "");
    CHECK(waits_with("local t = {} for i = 1, 8000 do t = {t} end") != "");
    CHECK(waits_with("local t = {} for i = 1, 20 do t[('x'):rep(20000) .. i] = 1 end") != "");
    CHECK(waits_with("local s = ('x'):rep(300000) local function f() return s end s = nil") == "");
    CHECK(waits_with("local s = ('x'):rep(300000) local f = function() return s end local g = {f}") != "");
    CHECK(waits_with("local t = {} t[1] = t t[t] = t") == "");
    CHECK(waits_with("local s = text('{x}', {x = ('x'):rep(300000)})") != "");
    CHECK(waits_with("local function f(...) self:deep(who, ...) end f(('x'):rep(300000))\n"
                     "end function self:deep(who, ...)") != "");
}
