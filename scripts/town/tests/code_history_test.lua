-- Code made in the game: its history, taking it back, and earlier versions.

local function builder(t)
  return t:player("Ann", t:room{name = "Workshop", buildable = true}, {role = "builder"})
end

local function bell_of(ann)
  ann:types "create a bell"
  local bell = ann:contents()[1]
  ann:types "verb ring bell: who:tell(\"Ding.\")"
  ann:sees("...")
  return bell
end

test("undo of a verb takes back only that verb, of the first the class too", function(t)
  local ann = builder(t)
  local bell = bell_of(ann)
  local class = bell.class
  ann:types "verb toll bell: who:tell(\"Dong.\")"
  ann:types "toll bell"
  ann:sees("...", "Dong.")
  ann:types "undo"
  ann:sees "verb toll bell: who:tell(\"Dong.\") is taken back (1 change). What was read stays read."
  ann:types "toll bell"
  ann:sees "I do not know how to 'toll'. Did you mean 'tell'?"
  ann:types "ring bell"
  ann:sees "Ding."
  ann:types "redo"
  ann:types "toll bell"
  ann:sees("...", "Dong.")
  ann:types "undo"
  ann:types "undo"
  check(bell.class == "thing")
  ann:types("show class " .. class)
  ann:sees("...", "There is no class " .. class .. ".")
  ann:types "redo"
  ann:types "ring bell"
  ann:sees("...", "Ding.")
  check(bell.class == class)
end)

test("what cannot be taken back of code is said, and nothing happens", function(t)
  local ann = builder(t)
  local bell = bell_of(ann)
  ann:types "verb ring bell: who:tell(\"Clang.\")"
  ann:sees "..."
  ann:types "undo 2"
  ann:sees("verb ring bell: who:tell(\"Ding.\") cannot be taken back: " .. bell.class ..
    " has changed since.")
  ann:types "ring bell"
  ann:sees "Clang."
  ann:types "undo"
  ann:types "clone bell"
  local copy = bell.class == ann:contents()[2].class and ann:contents()[2]
  ann:sees "..."
  ann:types "undo 4"
  ann:sees("verb ring bell: who:tell(\"Ding.\") cannot be taken back: " .. bell.class ..
    " cannot be as it was then: 1 object is of this class, such as #" .. copy.id .. ".")
  ann:types("ring #" .. bell.id)
  ann:sees "Ding."
end)

test("history and blame tell of code which declaration, version, who and when", function(t)
  local ann = builder(t)
  local bell = bell_of(ann)
  local class = bell.class
  ann:types "verb toll bell: who:tell(\"Dong.\")"
  ann:sees "..."
  t:advance(120)
  ann:types "verb ring bell: who:tell(\"Clang.\")"
  ann:sees "..."
  ann:types "history bell"
  ann:sees(" 1  just now  Ann: verb ring bell: who:tell(\"Clang.\") (1 change; " .. class ..
    " version 3: changed verb ring this)",
    " 2  2 minutes ago  Ann: verb toll bell: who:tell(\"Dong.\") (1 change; " .. class ..
    " version 2: added verb toll this)",
    " 3  2 minutes ago  Ann: verb ring bell: who:tell(\"Ding.\") (2 changes; " .. class ..
    " version 1: new, added verb ring this)", "...")
  ann:types "blame bell"
  ann:sees("verb ring this of " .. class ..
    " version 3: Ann, just now, verb ring bell: who:tell(\"Clang.\")",
    "verb toll this of " .. class ..
    " version 2: Ann, 2 minutes ago, verb toll bell: who:tell(\"Dong.\")", "...")
  ann:types "blame bell.toll"
  ann:sees("verb toll this of " .. class ..
    " version 2: Ann, 2 minutes ago, verb toll bell: who:tell(\"Dong.\")")
  ann:types("blame class " .. class .. ".ring")
  ann:sees("verb ring this of " .. class ..
    " version 3: Ann, just now, verb ring bell: who:tell(\"Clang.\")")
end)

test("a class of one's own has history, and comes back as it was in an earlier version", function(t)
  local ann = builder(t)
  ann:types "edit class gong"
  ann:answers "property.weight = 4"
  ann:answers "."
  ann:types "create a gong as gong"
  local gong = ann:contents()[1]
  ann:types "edit class gong"
  ann:answers ".subst 4 /4/9/"
  ann:answers "."
  check(gong.weight == 9)
  ann:sees "..."
  ann:types "history class gong"
  ann:sees(" 1  just now  Ann: edit class gong (1 change; gong version 2: changed property weight)",
    " 2  just now  Ann: edit class gong (1 change; gong version 1: new, added property name, " ..
    "added property weight)")
  ann:types "show class gong version 1"
  ann:sees("gong, version 1:", "...", "  4 property.weight = 4")
  ann:types "revert class gong to 1"
  ann:sees "gong is what it was in version 1."
  check(gong.weight == 4)
  ann:types "undo"
  check(gong.weight == 9)
  ann:sees "..."
  ann:types "show class gong version 7"
  ann:sees "There is no version 7 of gong that is yours, as far back as is kept."
  ann:types "show class lamp version 0"
  ann:sees "lamp is a file of the world: its earlier versions are not kept here."
  ann:types "history class lamp"
  ann:sees "lamp is a file of the world: what was done to it is not kept here."
  ann:types "destroy gong"
  ann:types "forget class gong"
  ann:sees("...", "The class gong is gone.")
  ann:types "undo"
  ann:types "undo 3"
  check(gong.weight == 9)
end)

test("earlier versions are as private as the class", function(t)
  local ann = builder(t)
  local bob = t:player("Bob", ann.location, {role = "builder"})
  local bell = bell_of(ann)
  bob:sees "..."
  local class = bell.class
  bob:types("show class " .. class .. " version 1")
  bob:sees("There is no version 1 of " .. class .. " that is yours, as far back as is kept.")
  bob:types("history class " .. class)
  bob:sees(class .. " belongs to Ann.")
  bob:types("revert class " .. class .. " to 1")
  bob:sees("There is no version 1 of " .. class .. " that is yours, as far back as is kept.")
  ann:types "undo"
  ann:sees "..."
  bob:types("history class " .. class)       -- It is nobody's now, but was Ann's.
  bob:sees "Nothing was done to it."
end)

test("a wizard programs what a builder made, and it stays the builder's", function(t)
  local ann = builder(t)
  local wanda = t:player("Wanda", ann.location, {role = "wizard", rights = true})
  local bell = bell_of(ann)
  ann:types "create a small gong"
  ann:types "drop all"
  wanda:sees "..."
  ann:sees "..."
  wanda:types "verb ring bell: who:tell(\"Clang.\")"
  wanda:sees "The bell has the verb ring this now."
  wanda:types "verb strike gong: who:tell(\"Bong.\")"
  wanda:sees "The small gong has the verb strike this now."
  ann:types "ring bell"
  ann:sees "Clang."
  ann:types("show class " .. bell.class)
  ann:sees(bell.class .. ", of Ann, version 2:", "...")
  ann:types "verb ring bell: who:tell(\"Ding.\")"
  ann:types "verb strike gong: who:tell(\"Ping.\")"
  ann:types "strike gong"
  ann:sees("...", "Ping.")
  ann:types "history bell"
  ann:sees("...", " 2  just now  Wanda: changed code (1 change; " .. bell.class ..
    " version 2: changed verb ring this)", "...")
  wanda:types "undo 2 of ann"
  wanda:sees("verb ring bell: who:tell(\"Ding.\") is taken back (1 change). " ..
    "What was read stays read.")
  ann:types "ring bell"
  ann:sees "Clang."
end)

test("a thing and its class change together or not at all", function(t)
  local ann = builder(t)
  ann:types "create a box as container"
  local box = ann:contents()[1]
  ann:sees "..."
  ann:types "edit box"
  ann:answers ".subst 2 /container/thing/"
  ann:answers "."
  ann:sees("...", "a container cannot become a container_" .. box.id ..
    ": begin with inherit \"container\"", "...")
  ann:types "cancel"
  ann:sees "..."
  check(box.class == "container")
  ann:types("show class container_" .. box.id)
  ann:sees("There is no class container_" .. box.id .. ".")
end)
