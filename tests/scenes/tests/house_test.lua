test("a latched box opens once its pin is at hand, and its latch bites", function(t)
  local alice = t:player("Alice", object "hall")
  local box = object "strongbox"
  alice:types "open strongbox"
  alice:sees "The strongbox is latched."
  alice:types "unlatch strongbox"
  alice:sees "Nothing lifts it."
  object("iron_pin"):move_to(alice)
  for _ = 1, 20 do
    box.is_latched = true
    alice:types "unlatch strongbox"
  end
  alice:sees "..."
  check(box.bites > 0 and box.bites < 20)
  alice:types "open strongbox"
  alice:types "take strongbox"
  alice:sees("You open the strongbox.", "...", "It has grown into the wall.")
end)

test("the gate is one thing in two rooms: shut, locked at night, and a toll", function(t)
  local alice, bob = t:player("Alice", object "hall"), t:player("Bob", object "yard")
  alice:types "north"
  alice:sees "The yard gate is shut."
  bob:types "open gate"
  alice:sees "Someone opens the yard gate."
  alice:types "north"
  alice:sees "The toll is a coin."
  create("coin", alice)
  alice:types "north"
  check(alice.location == object "yard")
  alice:sees "..."
  t:advance(7200)
  alice:sees("...", "The yard gate falls shut for the night.", "...")
  alice:types "open gate"
  alice:sees("...", "The yard gate is locked.")
end)

test("a pedlar sells at his price, or at the one he was beaten down to", function(t)
  local alice = t:player("Alice", object "yard")
  create("coin", alice, {count = 20})
  alice:types "wares"
  alice:sees("(from Odo)", "ware  coins", "thimble  2", "storm_lantern  10")
  alice:types "bargain with odo over storm_lantern"
  alice:sees("Odo says, \"10 coins!\"", "Your bid: ")
  alice:answers "4"
  alice:sees("Odo says, \"Never.\"", "Your bid: ")
  alice:answers "6"
  alice:sees "Odo says, \"6, and my blood.\""
  alice:types "purchase storm_lantern from odo"
  alice:sees "Give six coins to Odo for storm_lantern? Yes or no."
  alice:answers "yes"
  alice:sees("You give six coins to Odo.", "Odo hands you a storm lantern.")
  check(alice.coins == 14)
  alice:types "purchase moon from odo"
  alice:sees "Odo has no such thing."
  alice:types "purchase thimble from odo"
  alice:answers "no"
  check(alice.coins == 14)
end)

test("an urn pours for coins", function(t)
  local alice = t:player("Alice", object "hall")
  create("tea_urn", object "hall")
  create("coin", alice, {count = 2})
  alice:types "order tea"
  alice:sees("...", "Two coins more.")
  alice:types "feed coins to urn"
  alice:sees "You feed the tea urn."
  alice:types "order gin on urn"
  alice:sees "There is no gin in it."
  alice:types "order tea on urn"
  alice:sees "The tea urn gurgles."
  check(#object("hall"):contents "beaker" == 1)
end)

test("a corkboard keeps what was written in the editor", function(t)
  local alice = t:player("Alice", object "hall")
  local board = create("corkboard", object "hall")
  alice:types "read corkboard"
  alice:sees "The corkboard is bare."
  alice:types "tack Ladder wanted on corkboard"
  alice:answers "Long."
  alice:answers "."
  alice:types "read corkboard"
  alice:sees("...", "You tack a slip to the corkboard.", "1. Ladder wanted (Alice, just now)",
    "Long.")
  alice:types "tack Second on corkboard"
  alice:answers "cancel"
  check(#board.slips == 1)
end)

test("a verb of a place or thing goes before the common one of the same word", function(t)
  local ann = t:player("Ann", object "chapel")
  ann:sees "..."
  create("lily", object "chapel")
  ann:types "listen then bow then jump then yes then smell"
  ann:sees("An organ, far off.", "The altar takes no notice of your bow.",
    "The altar takes no notice of your jump.", "The altar takes no notice of your yes.",
    "You smell nothing out of the ordinary.")
  ann:types "smell lily then listen to lily then dance"
  ann:sees("The lily takes you by the nose.", "The lily takes you by the ear.",
    "You dance a few steps.")
end)
