-- The first steps of a newcomer, noticed by the world itself.

local walk <const> = "Tutorial, 0 of 6 done. Walk into the tavern: say north."

local function newcomer(t)
  local alice = t:player("Alice", object "square")
  alice:types "tutorial"
  alice:sees("First steps. You are told what to do, and it is noticed when it is done. tutorial " ..
    "says it again, tutorial skip ends it.", walk)
  return alice
end

-- Does it, and reads what comes next a moment later.
local function step(t, alice, line, next_line)
  alice:types(line)
  alice:sees "..."
  t:advance(1)
  alice:sees(next_line)
end

test("each step is noticed when it is done, and the next one told", function(t)
  local alice = newcomer(t)
  alice:types "north"
  t:advance(1)
  alice:sees("...", "Tutorial, 1 of 6 done. Talk to Marta: say ask marta about lamp.")
  step(t, alice, "ask marta about lamp",
    "Tutorial, 2 of 6 done. Borrow her lamp: say take lamp.")
  step(t, alice, "take lamp", "Tutorial, 3 of 6 done. Make it burn: say light lamp.")
  step(t, alice, "light lamp",
    "Tutorial, 4 of 6 done. Open the way to the cellar: say open door.")
  step(t, alice, "open door",
    "Tutorial, 5 of 6 done. Go and see what lies in the dark: say down.")
  step(t, alice, "down",
    "Tutorial, all 6 done. That is how this world is played: look, try, and " ..
    "ask people. There is a box in the dark here, and its key is a walk away.")
  check(not object("first_steps"):teaches(alice))
  alice:types "up"
  alice:sees "..."
  t:advance(2)
  alice:sees_nothing()
end)

test("steps may be done in any order, and what others do does not count", function(t)
  local alice = newcomer(t)
  local bob = t:player("Bob", object "tavern")
  bob:types "take lamp"
  bob:types "light lamp"
  bob:types "open door"
  t:advance(2)
  alice:types "tutorial"
  alice:sees(walk)
  alice:types "north"
  alice:types "close door"
  alice:types "open door"
  alice:sees "..."
  t:advance(1)
  alice:sees "Tutorial, 2 of 6 done. Talk to Marta: say ask marta about lamp."
  bob:types "tutorial skip"
  bob:sees("...", "You are in no tutorial. tutorial begins it.")
end)

test("whoever has had enough skips it", function(t)
  local alice = newcomer(t)
  alice:types "tutorial skip"
  alice:sees "Find your own way, then. tutorial in the square begins again, help tells the rest."
  alice:types "north"
  alice:sees "..."
  t:advance(2)
  alice:sees_nothing()
end)

test("nobody's code learns for others, or begins the tutorial for them", function(t)
  local alice = newcomer(t)
  local mallory = t:player("Mallory", t:room{name = "Lair"}, {role = "builder"})
  mallory:types "create a doll"
  mallory:types("verb poke doll: object(\"first_steps\"):learned(object(" .. alice.id ..
    "), \"walk\")")
  mallory:types "poke doll"
  t:advance(1)
  alice:types "tutorial"
  alice:sees(walk)
end)
