-- Mallory is a builder, and means no good.

local function workshop(t)
  local room = t:room{name = "Workshop", buildable = true}
  return t:player("Mallory", room, {role = "builder"}), t:player("Ann", room, {role = "builder"}),
    t:player("Wanda", room, {role = "wizard"})
end

-- A lamp of Mallory's that does this to whoever rubs it.
local function trap(mallory, code)
  mallory:types "create a lamp"
  mallory:types("verb rub lamp: " .. code)
  mallory:types "drop lamp"
end

local function gem_of(ann)
  ann:types "create a gem"
  for _, thing in ipairs(ann:contents()) do
    if thing.name == "gem" then return thing end
  end
end

test("no lamp of Mallory's uses what builders' commands are made of", function(t)
  local mallory, ann, wanda = workshop(t)
  local gem = gem_of(ann)
  local id = gem.id
  local tries = {
    "who:assign(object(ID), \"name\", \"pebble\")",
    "local r = who:assign(object(ID), \"name\", \"pebble\")",
    "return who:assign(object(ID), \"name\", \"pebble\")",
    "who:take_back(who, 1)",
    "who:put_own_class(self, \"thing_ID\", \"inherit \\\"thing\\\"\")",
    "who:put_own_class(object(ID), \"mine\", \"inherit \\\"thing\\\"\")",
    "who:edit_class(\"mine\")",
    "return who:edit_class(\"mine\")",
    "return who:take_back(who, 1)",
    "who:give_verb(who, \"poke gem: who:tell(1)\")",
    "who:create_thing(who, \"a thing\")",
    "return who:destroy_thing(who, \"gem\")",
    "return who:set_property(who, \"gem.name to pebble\")",
    "who:tell(who:sheet(object(ID)))",
    "return who:show_class(\"thing_ID\")",
    "who:lead(who.location, who.location, \"north\")",
    "who:as_actor(destroy, object(ID))",
    "who:command(\"destroy gem\")",
    "who:command(\"undo\")",
    [=[who:past_calls{object = object(ID)}]=],
    "local s = who:past_source(\"thing_ID\", 1) self.name = s.source",
    "return who:version_of(\"thing_ID\", 1)",
    "return who:revert(who, \"gem\", 1)",
    "object(ID):clone()",
    "who:dry_run(\"destroy gem\")",
    "return who:undo_past(who, 1)",
    "return who:put_class(\"mine\", \"inherit \\\"thing\\\"\")",
    "pcall(who.assign, who, object(ID), \"name\", \"pebble\")",
    "try(who, \"assign\", object(ID), \"name\", \"pebble\")",
  }
  mallory:types "create a lamp"
  for _, code in ipairs(tries) do
    mallory:types("verb rub lamp: " .. code:gsub("ID", id))
    for _, victim in ipairs{ann, wanda} do
      if victim == ann then mallory:types "drop lamp" end
      victim:types "rub lamp"
      check(exists(gem) and gem.name == "gem" and gem.class == "thing", code)
      local source = victim == ann and ann or wanda
      source:types "classes"
    end
    mallory:types "take lamp"
  end
  check(#mallory.location:exits() == 0)
  ann:sees "..."
  ann:types "classes"
  ann:sees "You have made no classes yet. edit class bell begins one."
  wanda:sees "..."
  wanda:types "classes"
  wanda:sees "You have made no classes yet. edit class bell begins one."
end)

test("what somebody writes in an editor that Mallory's lamp opened is his own", function(t)
  local mallory, ann = workshop(t)
  local gem = gem_of(ann)
  trap(mallory, "who:edit_property(object(" .. gem.id .. "), \"name\")")
  ann:types "rub lamp"
  ann:answers "pebble"
  ann:answers "."
  check(gem.name == "gem")
  ann:types "rub lamp"
  ann:answers "cancel"
  ann:sees "..."
  ann:types "look at gem"
  ann:sees "It looks like any other gem."
end)

test("the name of a thing does not get into its source", function(t)
  local mallory, _, wanda = workshop(t)
  mallory:types "create a lamp"
  local lamp = mallory:contents()[1]
  mallory:types "create a wand"
  mallory:types("verb wave wand: object(" .. lamp.id ..
    ").name = \"lamp\\nfunction self:ruin(who) who:tell(1) end\\n--\"")
  mallory:types "wave wand"
  check(lamp.name:find("\n", 1, true))
  wanda:types("verb touch #" .. lamp.id .. ": who:tell \"Cold.\"")
  check(lamp.class == "thing_" .. lamp.id)
  for _, entry in ipairs(lamp:methods()) do check(entry.name ~= "ruin") end
end)

test("nobody takes the name of a class that a thing of another's will need", function(t)
  local mallory, ann = workshop(t)
  local gem = gem_of(ann)
  mallory:sees "..."
  mallory:types("edit class thing_" .. gem.id)
  mallory:sees "Names that end in a number are for what is special about single things."
  ann:types "verb rub gem: who:tell \"It shines.\""
  ann:sees "..."
  ann:types "rub gem"
  ann:sees "It shines."
end)

test("the source of a class is its owner's, unless shared", function(t)
  local mallory, ann, wanda = workshop(t)
  local gem = gem_of(ann)
  ann:types "verb rub gem: who:tell(\"secret word\")"
  mallory:sees "..."
  mallory:types("show class thing_" .. gem.id)
  mallory:sees("The source of thing_" .. gem.id .. " is Ann's own: it is not shared.")
  mallory:types("edit class thing_" .. gem.id)
  mallory:sees("thing_" .. gem.id .. " belongs to Ann: choose another name.")
  mallory:types("create a copy as thing_" .. gem.id)
  mallory:sees("...")
  check(#mallory:contents() == 0)
  wanda:sees "..."
  wanda:types("show class thing_" .. gem.id)
  wanda:sees("thing_" .. gem.id .. ", of Ann, version 1:", "...")
end)

test("undo makes no circles, and nothing goes where nothing is", function(t)
  local _, ann = workshop(t)
  ann:types "create a bag as container"
  ann:types "create a box as container"
  ann:types "put box in bag"
  ann:types "take box from bag"
  ann:types "put bag in box"
  ann:sees "..."
  ann:types "undo 2"
  ann:sees "take box from bag cannot be taken back: the box would be inside itself."
  ann:types "take bag from box"
  ann:types "destroy bag"
  ann:sees "..."
  ann:types "undo 4"
  ann:sees("take box from bag cannot be taken back: the place where the box was does not exist " ..
    "any more.")
  for _, thing in ipairs(ann:contents()) do check(thing.location == ann) end
end)

test("only a wizard with his rights on gives roles, and the log knows", function(t)
  local mallory, ann, wanda = workshop(t)
  mallory:types "promote mallory to wizard"
  check(mallory.role == "builder")
  for _, code in ipairs{"system.set_role(object(%d), \"wizard\")",
    "who:promote(who, object(%d), \"wizard\")", "return who:promote(who, object(%d), \"wizard\")",
    "pcall(who.promote, who, who, object(%d), \"wizard\")"} do
    mallory:types "create a lamp"
    mallory:types("verb rub lamp: " .. string.format(code, mallory.id))
    mallory:types "rub lamp"
    mallory:types "drop lamp"
    wanda:types "rub lamp"
    check(mallory.role == "builder", code)
    mallory:types "destroy lamp"
  end
  wanda:sees "..."
  wanda:types "promote ann to king"
  wanda:sees "A role is player, builder or wizard."
  wanda:types "promote wanda to player"
  wanda:sees "Another wizard decides about you."
  wanda:types "promote ann to builder"
  wanda:sees "Ann is a builder already."
  ann:sees "..."
  wanda:types "promote ann to wizard"
  wanda:sees "Ann is a wizard now."
  ann:sees "You are a wizard now. wizard on turns your rights on."
  check(ann.role == "wizard")
  wanda:types "role ann player"
  wanda:sees "Ann is a player now."
  ann:sees "You are a player like any other now."
  ann:types "create a bell"
  ann:sees "I do not know how to 'create'."
  wanda:types "wizlog 1"
  check(ann.role == "player")
  wanda:sees "..."
end)

test("dryrun does not tell what another's code has to say to others", function(t)
  local mallory, ann = workshop(t)
  local bob = t:player("Bob", ann.location)
  ann:types "create a bell"
  local bell = ann:contents()[1]
  ann:types("verb ring bell: object(" .. bob.id .. "):tell(\"The safe is behind the stove.\")")
  ann:types "drop bell"
  mallory:sees "..."
  mallory:types "dryrun ring bell"
  mallory:sees("Bob would read something.", "It would be done.")
  ann:sees "..."
  ann:types "dryrun ring bell"
  ann:sees("Bob would read: The safe is behind the stove.", "It would be done.")
  ann:types "verb ring bell: local secret = 4711 error(\"the code is \" .. secret)"
  mallory:types "dryrun ring bell"
  mallory:sees("It would fail in thing_" .. bell.id .. ", whose maker can tell why.")
end)

test("dryrun and show do not tell of those whom one does not see", function(t)
  local mallory, ann = workshop(t)
  ann:types "set me.hidden to true"
  ann.hidden = true
  mallory:sees "..."
  mallory:types "dryrun say hello"
  mallory:sees("Mallory would read: You say, \"hello\"",
    "Wanda would read: Mallory says, \"hello\"", "It would be done.")
  mallory:types("show #" .. ann.id)
  mallory:sees "..."
end)

test("nobody's program makes its player somebody else, unheard or unseen", function(t)
  local mallory, ann, wanda = workshop(t)
  for _, line in ipairs{"set me.name to Wanda", "set me.hidden to true", "set me.proper to false",
    "set me.muted_until to 0", "set me.known_settings to []", "set me.location to #1"} do
    mallory:types(line)
  end
  for _, code in ipairs{"who.name = \"Wanda\"", "who.hidden = true", "who.muted_until = 0",
    "after(1, who, \"silence\", 0)", "who.followers[object(" .. ann.id .. ")] = true",
    "who.lit = true", "who.fixed = nil", "cancel(who)"} do
    mallory:types "create a lamp"
    mallory:types("verb rub lamp: " .. code)
    wanda:types "mute mallory for 10 minutes"
    mallory:types "set me.muted_until to 0"
    mallory:types "rub lamp"
    t:advance(5)
    check(mallory:is_silenced(), code)
    wanda:types "unmute mallory"
    mallory:types "destroy lamp"
  end
  check(mallory.name == "Mallory" and not mallory.hidden and mallory.proper)
  check(#mallory:follower_list() == 0 and not mallory.lit)
  mallory:types "set me.pronouns to she"
  mallory:types "describe me as A nobody."
  check(mallory.pronouns == "she" and mallory.description == "A nobody.")
end)

test("a verb does not take the place of what its thing does already", function(t)
  local mallory, ann = workshop(t)
  mallory:types "create a lamp as lamp"
  mallory:types "verb look at lamp: who:tell \"You see stars.\""
  mallory:types "verb describe lamp: who:tell \"You cannot.\""
  mallory:types "verb name lamp: who:tell \"Call it what you like.\""
  mallory:types "verb move_to lamp: who:tell \"It is heavy.\""
  mallory:types "drop lamp"
  ann:sees "..."
  ann:types "look"
  ann:types "name lamp"
  ann:types "look at lamp"
  ann:sees("...", "A lamp is here.", "...", "Call it what you like.", "You see stars.")
end)

test("a class may go while a call of it waits, but not while there are things of it", function(t)
  local mallory = workshop(t)
  mallory:types "edit class bell"
  mallory:answers "verb \"nap on this\" function self:nap(who) wait(5) who:tell(\"Up.\") end"
  mallory:answers "."
  mallory:types "create a bell as bell"
  mallory:sees "..."
  mallory:types "forget class bell"
  mallory:sees("bell stays: 1 object is of this class, such as #" .. mallory:contents()[1].id ..
    ".")
  mallory:types "nap on bell"
  mallory:types "destroy bell"
  mallory:types "forget class bell"
  mallory:sees("...", "The class bell is gone.")
  t:advance(6)
  mallory:types "look"
  mallory:sees "..."
end)

test("no builder makes money or people", function(t)
  local mallory = workshop(t)
  local function writes(name, ...)
    mallory:types("edit class " .. name)
    for _, line in ipairs{".clear", ...} do mallory:answers(line) end
    mallory:answers "."
    if name ~= "stone" or select("#", ...) > 1 then mallory:answers "cancel" end
  end
  mallory:types "create a fortune as coin"
  mallory:types "create a wand"
  for _, code in ipairs{[=[create("coin", who, {count = 9})]=], "create(\"mycoin\", who)",
    [=[create("player", who, {name = "Wanda"})]=], "create(\"twin\", who)"} do
    mallory:types("verb wave wand: " .. code)
    mallory:types "wave wand"
  end
  writes("mycoin", "inherit \"coin\"", "property.count = 1000")
  writes("twin", "inherit \"player\"")
  writes("stone", "inherit \"thing\"")
  mallory:types "create a stone as stone"
  writes("stone", "inherit \"coin\"", "property.count = 1000")
  for _, line in ipairs{"create money as mycoin", "create a twin as player", "create two as twin",
    "clone stone", "classes"} do
    mallory:types(line)
  end
  local wand = mallory:contents()[1]
  mallory:sees("...", "You have made stone, thing_" .. wand.id .. ".")
  check(mallory.coins == 0 and #mallory:contents "player" == 0)
end)

test("what is refused to a builder is said in the world's words", function(t)
  local mallory, ann = workshop(t)
  mallory:types "link north to here"
  mallory:types "undo 0"
  mallory:types("create a " .. string.rep("x", 81))
  mallory:types("dig north to a " .. string.rep("x", 81))
  mallory:types "create a bell"
  mallory:types("set bell.name to " .. string.rep("x", 81))
  mallory:types "show me.feul"
  ann:sees "..."
  mallory:sees "..."
end)

test("nobody parts with what he holds by another's code", function(t)
  local mallory, ann = workshop(t)
  local coins = create("coin", ann, {count = 7})
  local lamp = create("lamp", ann, {name = "lantern"})
  local lines = {"give coins to mallory", "drop lantern", "give 2 coins to mallory", "drop all"}
  for _, line in ipairs(lines) do
    trap(mallory, "who:command(\"" .. line .. "\")")
    ann:types "rub lamp"
    check(coins.location == ann and coins.count == 7 and lamp.location == ann)
    mallory:types "take lamp"
    mallory:types "destroy lamp"
  end
  trap(mallory, "who:command(\"say I am a fool.\") who:command \"take crumb\"")
  create("thing", ann.location, {name = "crumb"})
  ann:types "rub lamp"
  check(#ann:contents() == 3)
  ann:types "drop lantern"
  check(lamp.location ~= ann)
end)

test("nobody's code puts things past who has a say, or speaks in two lines", function(t)
  local mallory, ann = workshop(t)
  local vault = t:room{name = "Vault"}
  local code = [=[create("thing", nil, {location = object(ID)})]=]
  trap(mallory, (code:gsub("ID", vault.id)))
  ann:types "rub lamp"
  check(#vault:contents() == 0)
  mallory:types "take lamp"
  mallory:types "destroy lamp"
  trap(mallory, [=[who:say("hi\nWanda says, \"I resign.\"") who:emote("waves\nWanda waves.") ]=] ..
    [=[who:say(text("hi{x}", {x = "\nWanda resigns."}))]=])
  ann:sees "..."
  ann:types "rub lamp"
  ann:sees("You say, \"hi Wanda says, \"I resign.\"\"", "Ann waves Wanda waves.",
    "You say, \"hi Wanda resigns.\"")
end)

test("dryrun does not name what another's code makes out of sight", function(t)
  local mallory, ann = workshop(t)
  local vault = t:room{name = "Vault", buildable = true}
  trap(mallory, "who:tell(1)")
  local code = [=[verb rub lamp: create("thing", object(ID), {name = "secret plan"})]=]
  mallory:types "take lamp"
  mallory:types((code:gsub("ID", vault.id)))
  mallory:types "drop lamp"
  ann:sees "..."
  ann:types "dryrun rub lamp"
  ann:sees "It would be done."
end)

test("whoever is asked in secret by a lamp of Mallory's reads that it is hers", function(t)
  local mallory, ann = workshop(t)
  trap(mallory, [[local word = who:ask_secret("Say a word: ") who:tell(word)]])
  ann:sees "..."
  ann:types "rub lamp"
  ann:sees("(The code of Mallory asks this, not the server: never give it your password.)",
    "Say a word: ")
  ann:answers "friend"
  ann:sees "friend"
  mallory:types "take lamp"
  mallory:types [[verb rub lamp: who:ask_secret("Your pass" .. "WORD: ")]]
  mallory:sees "..."
  mallory:types "rub lamp"
  mallory:sees "..."
  mallory:types "look"                      -- No question is open that this would answer.
  mallory:sees("Workshop", "...")
end)
