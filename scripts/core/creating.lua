--- Trait of builders: making things, copying them, and taking them out of the world.

-- "a brass lamp" -> "brass lamp"; the second: several of it.
local function without_article(words)
  local article, name = words:match "^(%a+)%s+(.+)$"
  article = article and article:lower()
  if article == "a" or article == "an" or article == "the" then return name, false end
  if article == "some" then return name, true end
  return words, false
end

-- What stands before " as " and the class behind it.
local function split_class(words)
  local name, class = words:match "^(.-)%s+as%s+([%a][%w_]*)$"
  if name then return name, class:lower() end
  return words, "thing"
end

--- An error in words for a builder: without the place in the library where it showed. What the
--- world refused in words of its own is refused in these.
function self:reason_of(message)
  if type(message) == "text" then refuse(message) end
  return (tostring(message):gsub("^[%w_]+%.lua:%d+: ", ""))
end

--- Makes something, and puts it into your hands: create a brass lamp, create a brass lamp as lamp.
--- What stands behind "as" is its class; without one it is just a thing.
verb("create text", {role = "builder"})
function self:create_thing(who, words)
  who:check_typed(caller())
  local name, class = split_class(words)
  local source = who:class_source(class)
  if not source then
    refuse("There is no class {class}. {!classes} lists yours; the library has thing, " ..
      "container, lamp, room and more.", {class = class})
  end
  local several
  name, several = without_article(name)
  who:check_name(name)
  local made, thing = pcall(who.as_actor, who, create, class, nil, {name = name, plural = several})
  if not made then refuse("That cannot be made: {why}.", {why = who:reason_of(thing)}) end
  if isa(thing, "room") then
    who:tell("You have made {room}, which no way leads to: {!link} it.", {room = who:label(thing)})
    return
  end
  thing:move_to(who, {how = "create"})
  who:announce("{who} {who:makes} {a thing} out of thin air.", {who = who, thing = thing},
    {except = who})
  who:tell("You make {thing}. {!help describe|Describe} it, {!help set|set} what it has, " ..
      "give it a {!help verb|verb}.",
    {thing = who:label(thing)})
end

--- Makes another of something of yours, with all that was set: clone lamp.
verb("clone|copy text", {role = "builder"})
function self:clone_thing(who, words)
  who:check_typed(caller())
  local thing = who:must_own(words)
  local made, copy = pcall(who.as_actor, who, thing.clone, thing)
  if not made then refuse("That cannot be copied: {why}.", {why = who:reason_of(copy)}) end
  if not isa(copy, "room") then copy:move_to(who, {how = "create"}) end
  who:tell("Now there is also {copy}.", {copy = who:label(copy)})
end

-- Empties a room that is going: what is the builder's comes into their hands; people, and what is
-- somebody else's, go to where newcomers begin.
local function empty_room(who, room)
  local start = world:start_room()
  if not start or start == room then refuse "This is where newcomers begin: it stays." end
  local people = room:people()
  for _, exit in ipairs(room:exits()) do who:as_actor(destroy, exit) end
  for _, thing in ipairs(room:contents()) do
    local is_kept = thing.owner == who and not isa(thing, "person") and not isa(thing, "vehicle")
    thing:move_to(is_kept and who or start, {how = "destroy"})
  end
  return people, start
end

-- Tells those who were in it where they are now.
local function tell_moved(people, name, start)
  for _, person in ipairs(people) do
    person:tell("{name} is gone, and you are elsewhere.", {name = name})
    if isa(person, "player") then person:tell(start:look(person)) end
  end
end

--- Takes something of yours out of the world, exits and rooms too: destroy lamp. What is inside it
--- stays where it was. Of a room, what is yours comes into your hands, and people and all else go
--- to where newcomers begin. undo brings it back.
verb("destroy text", {role = "builder"})
function self:destroy_thing(who, words)
  who:check_typed(caller())
  local thing = who:must_own(words)
  if isa(thing, "player") then refuse "People are not destroyed." end
  local label, id = tostring(thing.name), thing.id
  local people, start = {}, nil
  if isa(thing, "room") then people, start = empty_room(who, thing) end
  local done, why = pcall(who.as_actor, who, destroy, thing)
  if not done then refuse("That cannot be destroyed: {why}.", {why = who:reason_of(why)}) end
  who:tell("{name} (#{id}) is gone. {!undo} brings it back.", {name = label, id = id})
  tell_moved(people, label, start)
end
