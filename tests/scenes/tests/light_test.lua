test("a lantern lights a cellar until its oil is gone, and is seen going out", function(t)
  local cellar = t:room{name = "Cellar", dark = true}
  local alice, bob = t:player("Alice", cellar), t:player("Bob", cellar)
  local lantern = create("storm_lantern", alice, {oil = 2})
  alice:types "look"
  alice:sees "It is pitch dark."
  alice:types "kindle lantern"
  alice:sees "You kindle the storm lantern."
  bob:sees "Alice kindles the storm lantern."
  alice:types "kindle lantern"
  alice:sees "The storm lantern burns already."
  bob:sees_nothing()
  t:advance(120)
  bob:sees "The storm lantern flickers and is out."
  check(lantern.oil == 0 and not lantern.lit)
  alice:types "say Oh."
  bob:sees "Someone says, \"Oh.\""
end)

test("whoever puts out the only light is seen doing it, but not a hidden one", function(t)
  local cellar = t:room{name = "Cellar", dark = true}
  local alice, bob = t:player("Alice", cellar), t:player("Bob", cellar)
  create("storm_lantern", alice, {lit = true})
  alice:types "snuff lantern"
  bob:sees "Alice snuffs the storm lantern."
  local hidden = create("storm_lantern", cellar, {lit = true, hidden = true})
  hidden:snuff(alice)
  bob:sees "Someone snuffs something."
end)

test("whoever is shut in sees nothing in the dark, and his box once there is light in it", function(t)
  local box = object "strongbox"
  local alice = t:player("Alice", object "hall")
  box.is_open = true
  alice:move_to(box)
  alice:types "look"
  alice:sees "It looks like any other strongbox."
  box.is_open = false
  alice:types "look"
  alice:sees "It is pitch dark."
  create("storm_lantern", alice, {lit = true})
  alice:types "look"
  alice:sees "It looks like any other strongbox."
end)
