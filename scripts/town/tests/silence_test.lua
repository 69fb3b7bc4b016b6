-- Whoever is silenced, or ignored, gives no words to others in any way.

local silenced <const> = "You are silenced."

local function three(t)
  local room = t:room{name = "Workshop", buildable = true}
  return t:player("Ann", room, {role = "builder"}), t:player("Bob", room),
    t:player("Wanda", room, {role = "wizard"})
end

test("who is silenced gives no words to lists, names, things, books or channels", function(t)
  local ann, bob, wanda = three(t)
  create("sign", ann.location, {name = "slate", writable = true})
  ann:types "create a gong"
  ann:types "channel create gongs"
  ann:types "edit gong.description"
  wanda:types "mute ann"
  bob:types "look ann"
  bob:sees "..."
  ann:sees "..."
  ann:answers "Bob is a fool."
  ann:answers "."
  ann:sees("...", silenced)
  for _, line in ipairs{"afk Bob is a fool", "title the Fool", "describe me as Bob",
    "create a fool", "describe gong as Bob", "set gong.name to fool",
    "set gong.description to Bob is a fool", "set gong.names to [\"fool\"]",
    "verb rub gong: self:announce(\"Bob is a fool.\")", "edit gong", "edit gong.description",
    "edit class fool", "dig north to a fool", "import", "write Bob is a fool on slate",
    "channel create fools", "topic gongs Bob is a fool", "kick ann from gongs because fool",
    "ban bob from gongs because fool", "ask bob about being a fool"} do
    ann:types(line)
    ann:sees(silenced)
  end
  bob:sees_nothing()
  ann:types "afk"
  ann:sees "You are away for a while."
  ann:types "set gong.plural to true"
  ann:sees "..."
  wanda:types "unmute ann"
  ann:types "title the Good"
  ann:sees("...", "You are listed as Ann the Good (away).")
end)

test("a notice is not posted by who is silenced while he writes it", function(t)
  local wanda = t:player("Wanda", object "square", {role = "wizard"})
  local bob = t:player("Bob", object "square")
  create("board", bob.location)
  bob:types "post Lost cat on board"
  wanda:types "mute bob"
  bob:sees "..."
  bob:answers "It was a fool."
  bob:answers "."
  bob:sees("...", silenced)
end)

test("nobody reads the topics and questions of whom he ignores", function(t)
  local ann, bob = three(t)
  ann:types "channel create gongs"
  bob:types "join gongs"
  bob:types "ignore ann"
  bob:sees "..."
  ann:types "topic gongs Bob is a fool"
  ann:types "ask bob about being a fool"
  bob:sees_nothing()
end)

test("what one does by code of his own is his voice too", function(t)
  local ann, bob, wanda = three(t)
  ann:types "create a gong"
  ann:types [=[verb ring gong: self:announce("The gong sounds.")]=]
  ann:types [=[verb tap gong: who:tell("Only you feel it.")]=]
  ann:types "drop gong"
  wanda:types "mute ann"
  bob:types "look ann"
  bob:sees "..."
  ann:sees "..."
  ann:types "ring gong"
  ann:sees(silenced)
  ann:types "tap gong"
  ann:sees "Only you feel it."
  bob:sees_nothing()
  bob:types "ring gong"                      -- What others do with her things is not hers.
  bob:sees "The gong sounds."
  ann:sees "The gong sounds."
  wanda:types "unmute ann"
  ann:sees "..."
  bob:types "ignore ann"
  bob:sees "You ignore Ann from now on."
  ann:types "ring gong"
  ann:sees "The gong sounds."
  bob:sees_nothing()
  bob:types "ring gong"
  bob:sees "The gong sounds."
end)

test("a timer of whom one ignores is not read, nor what is told by code", function(t)
  local ann, bob = three(t)
  ann:types "create a gong"
  ann:types([=[verb nag gong: object(]=] .. bob.id .. [=[):tell("Fool!")]=])
  ann:types [=[verb ring gong: self:announce("The gong sounds.")]=]
  ann:types [=[verb wind gong: after(1, self, "ring")]=]
  ann:sees "..."
  bob:sees "..."
  ann:types "nag gong"
  bob:sees "Fool!"
  ann:types "wind gong"
  t:advance(2)
  bob:sees "The gong sounds."
  bob:types "ignore ann"
  bob:sees "..."
  ann:types "nag gong"
  ann:types "wind gong"
  t:advance(2)
  bob:sees_nothing()
end)
