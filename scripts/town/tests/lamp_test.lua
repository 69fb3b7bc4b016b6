-- What the tavern's lamp is for.

test("a lamp lights the cellar until its oil is gone", function(t)
  local cave = t:room{name = "Cave", dark = true, description = "Wet stone."}
  local alice = t:player("Alice", cave)
  local bob = t:player("Bob", cave)
  local lamp = create("lamp", alice, {fuel = 2})
  alice:types "look"
  alice:sees "It is pitch dark."
  alice:types "light the lamp"
  alice:sees "You light the lamp."
  bob:sees "Alice lights the lamp."
  bob:types "look"
  bob:sees("Cave", "Wet stone.", "...", "Alice is here.")
  alice:types "light lamp"
  alice:sees "The lamp is lit already."
  bob:sees_nothing()
  t:advance(60)
  alice:sees_nothing()
  t:advance(60)
  bob:sees "The lamp gutters and dies."
  check(lamp.fuel == 0 and not lamp.lit, "the lamp is dry and dark")
  alice:sees "The lamp gutters and dies."
  alice:types "light lamp"
  alice:sees "The lamp is dry."
end)

test("a lamp that is put out keeps the rest of its oil", function(t)
  local alice = t:player("Alice", object "square")
  local lamp = create("lamp", alice, {fuel = 10})
  alice:types "light lamp"
  t:advance(130)
  alice:types "blow out the lamp"
  alice:sees("You light the lamp.", "You put out the lamp.")
  check(lamp.fuel == 8)
  t:advance(600)
  check(lamp.fuel == 8, "no oil burns in a lamp that is out")
end)

test("a lamp that was dropped lights the room for whoever is there", function(t)
  local cellar = object "cellar"
  local alice, bob = t:player("Alice", cellar), t:player("Bob", cellar)
  local lamp = create("lamp", alice)
  check(not bob:sees(lamp), "in the dark nothing is seen")
  alice:types "light lamp"
  alice:types "drop lamp"
  bob:sees("Alice lights the lamp.", "Alice drops the lamp.")
  check(bob:sees(lamp))
  object("cellar_door").is_open = true
  alice:types "up"
  check(not alice:sees(lamp), "it stays below")
end)
