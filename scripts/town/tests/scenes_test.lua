-- Scenes with several observers, and every line that each of them reads.

-- A room with Alice and Bob in it, one to the north of it with Carol, one beyond with Erin, who
-- is too far away for anything. Dave sits in a glass case in the first, if there is one.
local function stage(t, props, with_case)
  local here = t:room(props)
  local near, far = t:room{name = "Near", description = "Sand."}, t:room{name = "Far"}
  here:connect("north", near)
  near:connect("north", far)
  local cast = {
    here = here, near = near,
    alice = t:player("Alice", here), bob = t:player("Bob", here),
    carol = t:player("Carol", near), erin = t:player("Erin", far)
  }
  cast.alice.pronouns, cast.bob.pronouns = "she", "he"
  if with_case then
    local case = object "iron_box"
    case.name, case.is_locked, case.transparent, case.is_open = "case", false, true, true
    case:move_to(here)
    cast.dave, cast.case = t:player("Dave", case), case
    case.is_open = false
  end
  return cast
end

test("a lamp in the dark: who sees it, and who only heard that somebody is there", function(t)
  local cast = stage(t, {name = "Cave", dark = true, description = "Wet stone."}, true)
  create("lamp", cast.alice)
  cast.alice:types "say Is anybody here?"
  cast.alice:sees 'You say, "Is anybody here?"'
  cast.bob:sees 'Someone says, "Is anybody here?"'
  cast.dave:sees 'Someone says, "Is anybody here?"'
  cast.carol:sees_nothing()
  cast.alice:types "light lamp"
  cast.alice:sees "You light the lamp."
  cast.bob:sees "Alice lights the lamp."
  cast.dave:sees "Alice lights the lamp."
  cast.carol:sees_nothing()
  cast.bob:types "look"
  cast.bob:sees("Cave", "Wet stone.", "The only way out is north.", "A case is here.",
    "Alice is here.")
  cast.alice:sees_nothing()
  cast.alice:types "blow out lamp"
  cast.alice:sees "You put out the lamp."
  cast.bob:sees "Alice puts out the lamp."
  cast.dave:sees "Alice puts out the lamp."
  cast.bob:types "look"
  cast.bob:sees "It is pitch dark."
  cast.erin:sees_nothing()
end)

test("a shout is heard next door and no further", function(t)
  local cast = stage(t, {name = "Cave", dark = true}, true)
  cast.alice:types "shout Help!"
  cast.alice:sees 'You shout, "Help!"'
  cast.bob:sees 'Someone shouts, "Help!"'
  cast.dave:sees 'Someone shouts, "Help!"'
  cast.carol:sees 'Someone shouts, "Help!"'
  cast.erin:sees_nothing()
  cast.carol:types "shout Coming!"
  cast.carol:sees 'You shout, "Coming!"'
  cast.alice:sees 'Someone shouts, "Coming!"'
  cast.bob:sees 'Someone shouts, "Coming!"'
  cast.dave:sees 'Someone shouts, "Coming!"'
  cast.erin:sees 'Someone shouts, "Coming!"'
end)

test("a gift: giver, receiver, whoever looks through glass, whoever is under a lid", function(t)
  local cast = stage(t, {name = "Hall"}, true)
  create("lamp", cast.alice)
  cast.alice:types "give lamp to bob"
  cast.alice:sees "You give the lamp to Bob."
  cast.bob:sees "Alice gives the lamp to you."
  cast.dave:sees "Alice gives the lamp to Bob."
  cast.carol:sees_nothing()
  cast.case.transparent = false
  cast.bob:types "give lamp to alice"
  cast.bob:sees "You give the lamp to Alice."
  cast.alice:sees "Bob gives the lamp to you."
  cast.dave:sees "Someone gives something to someone."
  cast.dave:types "look"
  cast.dave:sees "It is pitch dark."
  cast.bob:types "examine dave"
  cast.bob:sees "You see no dave here."
  cast.carol:sees_nothing()
end)

test("a door is seen and heard on both sides", function(t)
  local tavern, cellar = object "tavern", object "cellar"
  local alice, carol = t:player("Alice", tavern), t:player("Carol", tavern)
  local bob, erin = t:player("Bob", cellar), t:player("Erin", object "square")
  alice:types "open cellar door"
  alice:sees "You open the cellar door."
  carol:sees "Alice opens the cellar door."
  bob:sees "Someone opens something."
  erin:sees_nothing()
  create("lamp", bob, {lit = true})
  carol:types "close cellar door"
  carol:sees "You close the cellar door."
  alice:sees "Carol closes the cellar door."
  bob:sees "Someone closes the cellar door."
  erin:sees_nothing()
end)

test("somebody walks off: those left behind, those there, those who hear of neither", function(t)
  local cast = stage(t, {name = "Hall"}, true)
  cast.case.transparent = false
  cast.alice:types "north"
  cast.alice:sees("Near", "Sand.", "Ways out: south and north.", "Carol is here.")
  cast.bob:sees "Alice leaves north."
  cast.dave:sees "Someone leaves north."
  cast.carol:sees "Alice arrives from the south."
  cast.erin:sees_nothing()
  cast.carol:types "north"
  cast.erin:sees "Carol arrives from the south."
  cast.alice:sees "Carol leaves north."
  cast.bob:sees_nothing()
end)

test("a whisper: three in the light, one of them behind glass", function(t)
  local cast = stage(t, {name = "Hall"}, true)
  local frank = t:player("Frank", cast.here)
  cast.alice:types "whisper to bob the cellar at nine"
  cast.alice:sees 'You whisper to Bob, "the cellar at nine"'
  cast.bob:sees 'Alice whispers to you, "the cellar at nine"'
  frank:sees "Alice whispers something to Bob."
  cast.dave:sees "Alice whispers something to Bob."
  cast.carol:sees_nothing()
  cast.bob.hidden = true
  cast.bob:types "emote coughs."
  cast.bob:sees "Bob coughs."
  cast.alice:sees "Someone coughs."
  frank:sees "Someone coughs."
  frank:types "look at bob"
  frank:sees "You see no bob here."
  cast.dave:sees "Someone coughs."
end)

test("things said by where they are, and one of many in a list", function(t)
  local cast = stage(t, {name = "Hall"}, true)
  cast.case.is_open, cast.case.transparent = true, false
  cast.dave:types "look"
  create("coin", cast.case, {count = 5})
  create("coin", cast.alice, {count = 10})
  create("lamp", cast.alice)
  cast.alice:types "drop coin and lamp"
  cast.alice:sees("You drop a coin.", "You drop the lamp.")
  cast.bob:sees("Alice drops a coin.", "Alice drops the lamp.")
  check(cast.alice.coins == 9)
  cast.alice:types "take the coins in the case"
  cast.alice:sees "You take five coins from the case."
  check(cast.alice.coins == 14)
  cast.alice:types "take coins"
  cast.alice:sees "You take a coin."
  cast.alice:types "take coins"
  cast.alice:sees "You have the 15 coins already."
  cast.alice:types "sit on bob"
  cast.alice:sees "You cannot sit on Bob."
end)

test("all from a table, with nothing else in the room", function(t)
  local room = t:room{name = "Kitchen"}
  local ann = t:player("Ann", room)
  local table_ = create("container", room, {name = "table", surface = true, fixed = "It is heavy."})
  for _, name in ipairs{"mug", "spoon"} do create("thing", table_, {name = name}) end
  ann:types "take all from table"
  ann:sees("You take the mug from the table.", "You take the spoon from the table.")
  ann:types "take all from table"
  ann:sees "There is nothing here to take."
end)
