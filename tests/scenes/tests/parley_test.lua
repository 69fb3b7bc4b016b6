test("a channel with rules of its own: a pause, a warning, a ban", function(t)
  local alice, bob = t:player("Alice", object "hall"), t:player("Bob", object "yard")
  alice:types "join parley"
  alice:sees("You are on parley now: Terms.", "Here one parleys. Peace.")
  bob:types "join parley"
  bob:sees "..."
  alice:sees "[parley] Bob joins."
  alice:types "chat parley blast it"
  bob:sees "[parley] Alice: blast it"
  alice:sees("[parley] Alice: blast it", "Mind your tongue.")
  alice:types "parley again"
  alice:sees "One breath, please."
  t:advance(5)
  alice:types "parley blast again"
  alice:sees("[parley] Alice: blast again", "You were put off parley by the channel "
    .. "(cursing, for 1 day).")
  alice:types "join parley"
  alice:sees("You are banned from parley: cursing, for 1 day.")
  t:advance(86400)
  alice:types "join parley"
  check(world:channel("parley"):has(alice))
  world:channel("parley"):promote(bob)
  bob:types "parley one"
  bob:types "parley two"
  bob:sees("...", "[parley] Bob: one", "[parley] Bob: two")
end)
