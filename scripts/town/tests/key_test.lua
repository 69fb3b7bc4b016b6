-- The box in the cellar and its key.

local function with_light(t)
  local alice = t:player("Alice", object "cellar")
  create("lamp", alice, {lit = true})
  return alice
end

test("without its key the iron box stays shut", function(t)
  local alice = with_light(t)
  alice:types "open the box"
  alice:sees "The iron box is locked."
  alice:types "unlock the box"
  alice:sees "You lack the right key."
  check(object("iron_box").is_locked)
end)

test("the small key opens the iron box, and the box says with what", function(t)
  local alice = with_light(t)
  object("small_key"):move_to(alice)
  alice:types "unlock box with key"
  alice:sees "You unlock the iron box with a small key."
  alice:types "open box"
  alice:sees("You open the iron box.", "...")
  check(object("iron_box").is_open)
  alice:types "lock box"
  alice:sees "Shut the iron box first."
end)

test("nobody can carry the box away", function(t)
  local alice = with_light(t)
  alice:types "take the box"
  alice:sees "It is let into the floor, and the floor is staying."
end)
