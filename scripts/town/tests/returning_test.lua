-- What all may need comes back from who has left it behind.

test("a lamp that was taken away comes back when its bearer is gone", function(t)
  local lamp = object "brass_lamp"
  local alice = t:player("Alice", object "tavern")
  alice:types "take lamp"
  alice:types "light lamp"
  alice:types "south"
  t:advance(900)
  check(lamp.location == alice and lamp.lit and lamp.fuel == 225, "who carries it keeps it")
  local bob = t:player("Bob", object "tavern")
  local wanda = t:player("Wanda", object "square", {role = "wizard"})
  wanda:types "boot alice"
  bob:sees "..."
  t:advance(300)
  bob:sees "The brass lamp is back where it belongs."
  check(lamp.location == object "tavern" and not lamp.lit and lamp.fuel == 240)
  t:advance(600)
  bob:sees_nothing()
end)

test("nobody takes it from under somebody's nose", function(t)
  local lamp = object "brass_lamp"
  local alice = t:player("Alice", object "tavern")
  alice:types "take lamp"
  alice:types "south"
  alice:types "drop lamp"
  t:advance(900)
  check(lamp.location == object "square")
  alice:types "west"
  t:advance(300)
  check(lamp.location == object "tavern")
end)

test("the whistle locks itself in again", function(t)
  local whistle, box = object "silver_whistle", object "iron_box"
  local alice = t:player("Alice", object "square")
  box.is_open, box.is_locked = true, false
  whistle:move_to(alice)
  alice:types "drop whistle"
  alice:types "west"
  t:advance(300)
  check(whistle.location == box and box.is_locked and not box.is_open)
end)

test("a newcomer is told when the lamp is lent", function(t)
  local bob = t:player("Bob", object "tavern")
  bob:types "take lamp"
  local alice = t:player("Alice", object "tavern")
  alice:types "south"
  alice:types "tutorial"
  alice:types "north"
  alice:types "ask marta about lamp"
  alice:sees "..."
  t:advance(1)
  alice:sees("...", "Tutorial, 2 of 6 done. Her lamp is lent to somebody. It is back here some " ..
    "minutes after it is left; say take lamp then, and do the rest meanwhile.")
end)
