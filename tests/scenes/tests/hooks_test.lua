-- Each hook refuses until it is allowed: so the refusals of one line, typed again and again, are
-- the hooks in their order. Each time nothing else must have happened.

local function calls_in_order(alice, line, steps)
  alice:sees "..."
  for _, step in ipairs(steps) do step[1].strict, step[1].allowed = true, {} end
  for _, step in ipairs(steps) do
    alice:types(line)
    alice:sees(step[2] .. " " .. step[1].name)
    step[1].allowed[step[2]] = true
  end
  alice:types(line)
end

local function two_cells(t)
  local here, there = create("cell", nil, {name = "here"}), create("cell", nil, {name = "there"})
  here:connect("north", there)
  return here, there, t:player("Alice", here)
end

test("what moves is let go from the inside out, and let in from the outside in", function(t)
  local here, there, alice = two_cells(t)
  local box = create("crate", here, {name = "box"})
  local bin = create("crate", there, {name = "bin"})
  local pebble = create("pebble", box, {aim = bin})
  calls_in_order(alice, "throw pebble", {
    {box, "can_leave pebble throw"}, {here, "can_leave pebble throw"}, {pebble, "can_move throw"},
    {there, "can_enter pebble throw"}, {bin, "can_enter pebble throw"}, {box, "left pebble"},
    {here, "left pebble"}, {pebble, "moved throw"}, {there, "entered pebble"},
    {bin, "entered pebble"},
  })
  check(pebble.location == bin)
end)

test("within a room it is neither left nor entered", function(t)
  local here, _, alice = two_cells(t)
  local box = create("crate", here, {name = "box"})
  local pebble = create("pebble", box)
  calls_in_order(alice, "take pebble", {
    {box, "can_leave pebble take"}, {pebble, "can_move take"}, {box, "left pebble"},
    {pebble, "moved take"},
  })
  check(pebble.location == alice)
end)

test("an exit is asked between those who are left and those who are entered", function(t)
  local north, south, hatch = object "north_cell", object "south_cell", object "hatch"
  local alice = t:player("Alice", north)
  calls_in_order(alice, "south", {
    {north, "can_leave Alice walk"}, {hatch, "can_pass Alice"}, {south, "can_enter Alice walk"},
    {north, "left Alice"}, {south, "entered Alice"},
  })
  alice:sees("south", "...")
  check(alice.location == south)
end)

-- {what is typed, the hook that is asked, what one reads, the hook that is told}
local DEEDS <const> = {
  {"open relic", "can_open", "You open the relic.", "opened"},
  {"close relic", "can_close", "You close the relic.", "closed"},
  {"lock relic", "can_lock", "You lock the relic with a pebble.", "locked"},
  {"unlock relic", "can_unlock", "You unlock the relic with a pebble.", "unlocked"},
  {"sit on relic", "can_sit", "You sit down on the relic.", "sat"},
  {"stand", "can_stand", "You stand up.", "stood"},
  {"eat relic", "can_eat", "You eat some of the relic.", "eaten"},
}
local WORN_DEEDS <const> = {
  {"wear relic", "can_wear", "You put on the relic.", "worn"},
  {"remove relic", "can_take_off", "You take off the relic.", "taken_off"},
}

local function play(alice, relic, deeds)
  for _, deed in ipairs(deeds) do
    calls_in_order(alice, deed[1], {{relic, deed[2]}, {relic, deed[4]}})
    alice:sees(deed[3])
  end
end

test("each deed asks, is seen, and is told of", function(t)
  local here, _, alice = two_cells(t)
  play(alice, create("relic", here, {key = create("pebble", alice)}), DEEDS)
end)

test("so do putting on and taking off what one holds", function(t)
  local _, _, alice = two_cells(t)
  play(alice, create("relic", alice), WORN_DEEDS)
end)

test("created knows the properties and the place, destroyed is still there", function(t)
  local here, _, alice = two_cells(t)
  local fly = create("mayfly", here, {wings = 4, diary = alice})
  check(fly.description == "4 wings in here")
  destroy(fly)
  check(alice.description == "gone from here with 4 wings")
end)
