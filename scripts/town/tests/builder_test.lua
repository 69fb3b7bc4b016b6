-- Builders at work, in the game.

local function builder(t)
  return t:player("Ann", t:room{name = "Workshop", buildable = true}, {role = "builder"})
end

test("a builder makes a thing, describes it, sets it and shows it", function(t)
  local ann = builder(t)
  local bob = t:player("Bob", ann.location)
  ann:types "create a brass bell"
  local bell = ann:contents()[1]
  ann:sees("You make the brass bell (#" .. bell.id .. "). Describe it, set what it has, " ..
    "give it a verb.")
  bob:sees "Ann makes a brass bell out of thin air."
  check(bell.owner == ann and bell.name == "brass bell" and bell.class == "thing")
  ann:types "describe bell as A bell without a clapper."
  ann:sees("From now on, one sees this:", "A bell without a clapper.")
  ann:types "set bell.adjectives to [\"cracked\"]"
  ann:sees("...")
  check(bell.adjectives[1] == "cracked")
  ann:types "set bell.plural to maybe"
  ann:sees "maybe is neither true nor false."
  ann:types "set bell.pronouns to 5"
  check(bell.pronouns == "5")
  ann:sees("...")
  ann:types "show bell.fixed"
  ann:sees("The brass bell (#" .. bell.id .. "): fixed = nothing. It takes text or nil. " ..
    "Why it cannot be taken; nil: it can.")
end)

test("a verb of one line is live at once", function(t)
  local ann = builder(t)
  local bob = t:player("Bob", ann.location)
  ann:types "create a bell"
  ann:types [=[verb jingle bell: self:announce("{who} {who:jingles} {x}.", {who = who, x=self})]=]
  ann:sees("...")
  bob:sees "..."
  ann:types "jingle bell"
  ann:sees "You jingle the bell."
  bob:sees "Ann jingles the bell."
  ann:types "verb jingle bell: who:tell(\"Ding.\") if how then who:tell(\"Dong.\") end"
  ann:sees "..."
  ann:types "jingle bell"
  ann:sees("Ding.", "Dong.")
  ann:types "verb jingle bell: who:tel(\"Ding.\""
  ann:sees("That does not work yet:", "...")
  ann:types "jingle bell"
  ann:sees("Ding.", "Dong.")
  ann:types "verb jingle bell:"
  ann:sees "The bell forgets jingle this."
  ann:types "jingle bell"
  ann:sees "I do not know how to 'jingle'. Did you mean 'giggle'?"
end)

test("a verb may have slots, and belong to a room", function(t)
  local ann = builder(t)
  ann:types "create a box as container"
  ann:types "create a coin purse"
  ann:sees "..."
  ann:types [=[verb hide held in box: who:tell("{held} in {it}", {held = held, it = self})]=]
  ann:sees "..."
  ann:types "hide purse in box"
  ann:sees "The coin purse in the box"
end)

test("rooms are dug, linked and unlinked", function(t)
  local ann = builder(t)
  local shop = ann.location
  ann:types "dig north to a small kitchen"
  local kitchen = shop:exit("north"):other(shop)
  check(kitchen.name == "small kitchen" and kitchen.owner == ann)
  ann:sees("A way leads north to small kitchen (#" .. kitchen.id .. ") now.")
  ann:types "north"
  ann:sees("...")
  check(ann.location == kitchen)
  ann:types "dig a cellar"
  ann:sees("...")
  ann:types "link down/out to cellar"
  ann:sees("...")
  ann:types "down"
  check(ann.location.name == "cellar")
  ann:types "out"
  check(ann.location == kitchen)
  ann:types "unlink down"
  check(not kitchen:exit "down")
end)

test("what is not one's own is left alone", function(t)
  local ann = builder(t)
  local bob = t:player("Bob", ann.location, {role = "builder"})
  ann:types "create a bell"
  local bell = ann:contents()[1]
  ann:types "drop bell"
  bob:sees "..."
  for _, line in ipairs{"destroy bell", "set bell.name to x", "verb jingle bell: who:tell(\"x\")",
    "describe bell as x", "clone bell", "edit bell", "history bell"} do
    bob:types(line)
  end
  bob:sees("The bell is not yours to change.", "The bell is not yours to change.",
    "The bell is not yours to program.", "The bell is not yours to describe.",
    "The bell is not yours to change.", "The bell is not yours to change.",
    "The bell is not yours to change.")
  check(exists(bell) and bell.name == "bell")
end)

test("players cannot build, but describe themselves", function(t)
  local bob = t:player("Bob", t:room{name = "Hall"})
  bob:types "create a bell"
  bob:sees "I do not know how to 'create'."
  bob:types "describe me as A man of few words."
  bob:sees("From now on, one sees this:", "A man of few words.")
end)

test("undo takes back one call at a time, also a destruction", function(t)
  local ann = builder(t)
  ann:types "create a bell"
  local bell = ann:contents()[1]
  ann:types "set bell.name to gong"
  ann:sees("...")
  ann:types "undo"
  ann:sees "set bell.name to gong is taken back (1 change). What was read stays read."
  check(bell.name == "bell")
  ann:types "redo"
  ann:sees "set bell.name to gong is done again (1 change)."
  check(bell.name == "gong")
  ann:types "destroy gong"
  check(not exists(bell))
  ann:sees("...")
  ann:types "undo"
  check(exists(bell) and bell.location == ann)
  ann:sees("...")
end)

test("undo says what stands in its way, and does nothing", function(t)
  local ann = builder(t)
  ann:types "create a bell"
  local bell = ann:contents()[1]
  ann:types "set bell.name to gong"
  ann:types "set gong.name to chime"
  ann:sees("...")
  ann:types "undo 2"
  ann:sees "set bell.name to gong cannot be taken back: name of the chime has changed since."
  check(bell.name == "chime")
end)

test("dryrun and why change nothing", function(t)
  local ann = builder(t)
  local bob = t:player("Bob", ann.location)
  ann:types "create a bell"
  bob:sees("...")
  local bell = ann:contents()[1]
  ann:sees("...")
  ann:types "dryrun drop bell"
  ann:sees("Ann would read: You drop the bell.", "Bob would read: Ann drops the bell.", "...")
  bob:sees_nothing()
  check(bell.location == ann)
  ann:types "why frobnicate bell"
  ann:sees("No verb here takes that.",
    "It would be refused: I do not know how to 'frobnicate'.")
end)

test("why tells of a verb that is refused, and dryrun of one that fails", function(t)
  local ann = builder(t)
  ann:types "create a bell"
  local bell = ann:contents()[1]
  ann:types "set bell.fixed to It is screwed down."
  ann:types "drop bell"
  ann:types [=[verb ring bell: error "cracked"]=]
  ann:sees "..."
  ann:types "why take bell"
  ann:sees("...", "It would be refused: It is screwed down.")
  ann:types "dryrun ring bell"
  ann:sees("...", "It would fail: " .. bell.class .. ".lua:6: cracked")
end)

test("dryrun and why go as far as a line gets before it asks or waits", function(t)
  local ann = builder(t)
  ann:types "create a bell"
  local bell = ann:contents()[1]
  ann:types([=[verb name bell: self.name = "gong" ]=]
    .. [=[self.name = who:ask "What shall it be?" who:tell "Well."]=])
  ann:types [=[verb hum bell: who:tell "Hm." wait(60) who:tell "Hm hm."]=]
  ann:sees "..."
  ann:types "dryrun name bell"
  ann:sees("Ann would read: What shall it be?",
    "The bell (#" .. bell.id .. "): name becomes \"gong\"",
    "Then it would ask you: What shall it be?")
  check(bell.name == "bell")
  ann:types "why name bell"
  ann:sees("...", "Then it would ask you: What shall it be?")
  ann:types "dryrun hum bell"
  ann:sees("Ann would read: Hm.", "Then it would wait for 1 minute.")
  ann:types "why hum bell"
  ann:sees("...", "Then it would wait for 1 minute.")
  t:advance(120)
  ann:sees_nothing()
  ann:types "name bell"
  ann:sees "What shall it be?"
  ann:answers "chime"
  ann:sees "Well."
  check(bell.name == "chime")
  ann:types "dryrun undo"
  ann:sees "Then it would wait until the server has done it."
end)

test("a dry run leaves no question behind", function(t)
  local ann = builder(t)
  ann:types "create a red bell"
  ann:types "create a blue bell"
  ann:sees "..."
  ann:types "dryrun drop bell"
  ann:sees "..."
  ann:types "1"
  ann:sees "I do not know how to '1'."
  check(#ann:contents() == 2)
end)

test("what waited is in the history by the line that began it", function(t)
  local ann = builder(t)
  ann:types "create a bell"
  ann:types "edit bell.description"
  ann:answers "It has a crack."
  ann:answers "."
  ann:sees "..."
  ann:types "history"
  ann:sees(" 1  just now  Ann: edit bell.description (1 change)", "...")
end)

test("what others typed about a thing is theirs: its owner reads who, when and what", function(t)
  local ann = builder(t)
  local bob = t:player("Bob", ann.location)
  ann:types "create a bell"
  ann:types "verb ring bell: self.description = \"It hums.\""
  ann:types "drop bell"
  bob:types "ring bell then tell ann my secret"
  ann:sees("...")
  ann:types "history bell"
  ann:sees(" 1  just now  Bob: changed description (1 change)", "...")
  ann:types "blame bell.description"
  ann:sees("description: Bob, just now")
  local ward = t:player("Ward", ann.location, {role = "wizard"})
  ward:types "history of bob"
  ward:sees("...", " 1  just now  Bob: ring bell then tell ann my secret (1 change)", "...")
end)

test("who wrote a verb reads what is wrong with it, others only that he has been told", function(t)
  local ann = builder(t)
  local bob = t:player("Bob", ann.location)
  ann:types "create a bell"
  ann:types "verb jingle bell: self.location.nonsense()"
  ann:sees("...")
  ann:types "drop bell"
  ann:sees "You drop the bell."
  bob:sees("...")
  bob:types "jingle bell"
  bob:sees "..."
  ann:sees("...")
  bob:types "jingle bell"
  ann:sees("...")
  bob:types "jingle bell"
  ann:sees_nothing()
end)

test("a way of any name is walked by that name", function(t)
  local here = t:room{name = "Deck", buildable = true}
  local nest = t:room{name = "Nest", buildable = true}
  local ann = t:player("Ann", here, {role = "builder"})
  here:connect("mast", nest, "deck")
  ann:types "mast"
  check(ann.location == nest)
  ann:types "go deck"
  check(ann.location == here)
  here:connect("e", nest)
  ann:types "east"
  check(ann.location == nest)
  check(not pcall(here.connect, here, 5, nest))
end)

test("a dry run tells what would be made and destroyed", function(t)
  local ann = t:player("Ann", t:room{name = "Workshop", buildable = true}, {role = "builder"})
  ann:types "dryrun create a hat"
  ann:sees("...", "hat is made", "...", "It would be done.")
  check(#ann:contents() == 0)
  ann:types "create a hat"
  local hat = ann:contents()[1]
  ann:types "dryrun destroy hat"
  ann:sees("...", text("The hat (#{id}) is destroyed", {id = hat.id}), "...", "It would be done.")
  check(hat.location == ann)
end)

test("what is set needs a value, and a name letters", function(t)
  local ann = t:player("Ann", t:room{name = "Workshop", buildable = true}, {role = "builder"})
  ann:types "create a hat"
  ann:sees "..."
  for line, answer in pairs {
    ["set hat.name to"] = "Set it to what? Say for instance: set hat.name to ...",
    ["set hat.name to \"  \""] = "A name needs letters.",
  } do
    ann:types(line)
    ann:sees(answer)
  end
  check(ann:contents()[1].name == "hat")
end)

test("a test that goes on inside of pcall", function(t)
  local ann = t:player("Ann", t:room{})
  ann:tell "hello"
  check(not pcall(ann.sees_nothing, ann))
  ann:tell "hello"
  check(not pcall(function() t:advance(1) error "stopped" end))
  ann:sees "hello"
end)

test("goto takes one back to where one came from", function(t)
  local ann = t:player("Ann", object "square", {role = "builder"})
  ann:types "dig a shed"
  ann:types "goto shed"
  check(ann.location.name == "shed")
  ann:types "goto tavern"
  check(ann.location.name == "shed")
  ann:types "goto square"
  check(ann.location == object "square")
end)

test("whoever was put into a thing gets out of it", function(t)
  local room = t:room{name = "Cell"}
  local ann, bob = t:player("Ann", room), t:player("Bob", room)
  local jar = create("container", room, {name = "jar", fixed = "No."})
  ann:move_to(jar)
  ann:sees "..."
  ann:types "north"
  ann:sees "You are in the jar: out is the only way."
  bob:sees "..."
  ann:types "out"
  check(ann.location == room)
  bob:sees "Ann gets out of the jar."
end)

test("dig with a direction alone asks where to", function(t)
  local ann = t:player("Ann", t:room{buildable = true}, {role = "builder"})
  for _, line in ipairs{"dig north", "dig n to", "dig Up"} do
    ann:types(line)
    ann:sees("...", "...")
    check(#ann.location:exits() == 0)
  end
  ann:types "dig north"
  ann:sees "To what? Say for instance: dig north to a small kitchen."
  ann:types "dig a north room"
  ann:sees "..."
end)
