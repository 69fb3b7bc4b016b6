-- Things as files: export and import, as builders type them.

local function builder(t, name, room)
  return t:player(name or "Ann", room or t:room{name = "Workshop", buildable = true},
    {role = "builder"})
end

local function import(ann, lines)
  ann:types "import"
  for line in lines:gmatch "[^\n]+" do ann:answers(line) end
  ann:answers "."
end

local id <const> = "@aaaabbbbccccdddd"

test("an import is made by whoever imports, and one undo takes it back", function(t)
  local ann = builder(t)
  import(ann, 'format(1)\nobject "' .. id .. '"\ninherit "lamp"\nproperty.name = "iron lamp"\n')
  ann:sees("What shall be imported?", "...",
    "Imported: 1 made, 0 changed, 0 as before; no classes made or changed.")
  local lamp = ann:contents()[1]
  check(lamp.name == "iron lamp" and lamp.class == "lamp" and lamp.owner == ann)
  import(ann, 'format(1)\nobject "' .. id .. '"\ninherit "lamp"\nproperty.name = "tin lamp"\n')
  ann:sees("...", "Imported: 0 made, 1 changed, 0 as before; no classes made or changed.")
  check(lamp.name == "tin lamp")
  ann:types "export lamp"
  ann:sees("--- Objects of a Gyre world, for `import`. Whose they are is not in it:",
    "--- what is new belongs to whoever imports it.", "format(1)", 'object "' .. id .. '"',
    'inherit "lamp"', 'property.name = "tin lamp"')
  ann:types "undo"
  ann:sees "import is taken back (1 change). What was read stays read."
  check(lamp.name == "iron lamp")
  ann:types "undo 3"
  ann:sees("...")
  check(not exists(lamp))
end)

test("a class that comes with a thing goes with it", function(t)
  local ann = builder(t)
  import(ann, 'format(1)\nclass "chime"\nsource [=[\ninherit "thing"\nverb "strike this"\n' ..
    'function self:strike(who) who:tell("Bing.") end\n]=]\nobject "' .. id ..
    '"\nsource [=[\ninherit "chime"\nproperty.name = "gong"\n]=]\n')
  ann:sees("...", "Imported: 1 made, 0 changed, 0 as before; two classes made or changed.")
  ann:types "strike gong"
  ann:sees "Bing."
  ann:types "undo"
  ann:sees("...")
  ann:types "classes"
  ann:sees "You have made no classes yet. edit class bell begins one."
end)

test("what is wrong is told with its lines, and nothing has happened", function(t)
  local ann = builder(t)
  import(ann, 'format(1)\nobject "' .. id .. '"\ninherit "lamp"\nproperty.nmae = 3\nplace "x"\n')
  ann:sees("...", "Nothing was imported:",
    "import:4: lamp has no property 'nmae' (did you mean 'name'?)",
    "import:5: an object is needed here, such as object \"square\"")
  check(#ann:contents() == 0)
  import(ann, 'format(1)\nobject "square"\nproperty.name = "mine"\n')
  ann:sees("...", "Nothing was imported:", "...")
end)

test("only builders exchange, and only what is theirs", function(t)
  local ann = builder(t)
  local bob = t:player("Bob", ann.location)
  bob:types "import"
  bob:sees "I do not know how to 'import'. Did you mean 'report'?"
  ann:types "export square"
  ann:sees "Something is not yours to change."
  ann:types "export me"
  ann:sees("That cannot be exported:", "...")
  ann:types "create a bell"
  ann:types "drop bell"
  local cid = builder(t, "Cid", ann.location)
  cid:types "export bell"
  cid:sees "The bell is not yours to change."
end)
