test("a hound wags, remembers, wanders while somebody is near, and sleeps at night", function(t)
  local alice = t:player("Alice", object "yard")
  local hound = create("hound", object "hall")
  object("yard_gate").is_open = true
  create("coin", alice)
  alice:types "south"
  alice:types "stroke hound"
  alice:types "stroke hound"
  alice:sees("...", "You stroke the old hound. He wags his tail.",
    "You stroke the old hound. He wags his tail.")
  object("yard_gate").is_open = false
  t:advance(60)
  alice:sees("The old hound sighs.")
  object("yard_gate").is_open = true
  alice:types "north"
  alice:types "south"
  alice:sees("...", "The old hound barks at you.")
  t:advance(7200)
  check(hound.sleeps ~= nil)
end)
