-- Builders' rooms: who comes to whom, and what becomes of those in a room that goes.

local function hut_of(t)
  local ann = t:player("Ann", object "square", {role = "builder"})
  ann:types "dig a hut"
  ann:types "goto hut"
  ann:sees "..."
  return ann, ann.location
end

test("people in a room that is destroyed go to where newcomers begin", function(t)
  local ann, hut = hut_of(t)
  local bob = t:player("Bob", hut)
  local hat = create("thing", bob, {name = "hat"})
  bob:sees "..."
  ann:types "goto square"
  ann:types "destroy hut"
  ann:types("destroy #" .. hut.id)
  ann:sees "..."
  check(not exists(hut))
  check(bob.location == object "square" and hat.location == bob)
  bob:sees("Ann vanishes.", "hut is gone, and you are elsewhere.", "Market square", "...")
end)

test("a room that is destroyed comes back by undo, those who were in it do not", function(t)
  local ann, hut = hut_of(t)
  local bob = t:player("Bob", hut)
  ann:types "create a stool"
  ann:types "drop stool"
  local stool = hut:contents()[#hut:contents()]
  ann:types("destroy here")
  check(not exists(hut) and ann.location == object "square" and stool.location == ann)
  ann:types "undo"
  check(exists(hut) and stool.location == hut and bob.location == object "square")
end)

test("a builder goes to somebody who is where she may be", function(t)
  local ann, hut = hut_of(t)
  local bob = t:player("Bob", hut)
  local wiz = t:player("Wiz", object "square", {role = "wizard"})
  ann:types "goto square"
  ann:sees "..."
  ann:types "goto bob"
  ann:sees("hut", "...")
  check(ann.location == hut)
  bob:move_to(object "cellar")
  ann:types "goto bob"
  ann:sees("...", "Bob is in a place that is not yours.")
  wiz:types "goto bob"
  check(wiz.location == object "cellar")
  wiz:types "goto marta"
  check(wiz.location == object "tavern")
end)

test("undo said twice takes back two calls, and redo comes back", function(t)
  local ann = hut_of(t)
  ann:types "create a bell"
  local bell = ann:contents()[1]
  for _, line in ipairs {"set bell.name to gong", "set gong.description to Big.",
    "undo", "undo"} do
    ann:types(line)
  end
  check(bell.name == "bell" and bell.description == "")
  ann:types "redo"
  check(bell.name == "gong" and bell.description == "")
  ann:types "redo"
  check(bell.description == "Big.")
  ann:types "undo"
  check(bell.description == "")
  ann:types "undo"
  check(bell.name == "bell")
  ann:types "redo"
  ann:types "redo"
  ann:sees("...")
  ann:types "redo"
  ann:sees "There is nothing to take back."
  check(bell.name == "gong" and bell.description == "Big.")
end)

test("a verb that is given again leaves no trace in the source", function(t)
  local ann = hut_of(t)
  ann:types "create a bell"
  local bell = ann:contents()[1]
  ann:types "verb ring bell: who:tell \"Ding.\""
  ann:types "verb toll bell: who:tell \"Ding.\""
  for _ = 1, 3 do ann:types "verb ring bell: who:tell \"Dong.\"" end
  ann:sees "..."
  ann:types("show class " .. bell.class)
  ann:sees("thing_" .. bell.id .. ", of Ann, version 3:", "  1 --- What is special about bell.",
    "  2 inherit \"thing\"", "  3 ", "  4 verb \"toll this\"",
    "  5 function self:toll(who, how)", "  6   who:tell \"Ding.\"", "  7 end", "  8 ",
    "  9 verb \"ring this\"", " 10 function self:ring(who, how)", " 11   who:tell \"Dong.\"",
    " 12 end", "...")
end)
