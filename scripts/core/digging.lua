--- Trait of builders: rooms, and the ways between them.
private.went_from = optional "room"          --- Where goto took one away from, and takes one back.

local COMPASS <const> =
  " north south east west up down northeast northwest southeast southwest in out "

local function expanded(word)
  local forms = {
    n = "north", s = "south", e = "east", w = "west", u = "up", d = "down", ne = "northeast",
    nw = "northwest", se = "southeast", sw = "southwest"
  }
  return forms[word] or word
end

-- Whether a builder may be there without walking.
local function may_go_to(who, room)
  return room:writable_by(who) or room.buildable or room == who.went_from
end

-- Whether two words differ by one letter: changed, left out, added, or two in the other order.
local function is_near(left, right)
  if #left > #right then left, right = right, left end
  local first = 1
  while first <= #left and left:byte(first) == right:byte(first) do first = first + 1 end
  if #right == #left + 1 then return left:sub(first) == right:sub(first + 1) end
  if #right ~= #left then return false end
  if left:sub(first + 1) == right:sub(first + 1) then return true end
  local swapped = left:sub(first + 1, first + 1) .. left:sub(first, first)
  return swapped .. left:sub(first + 2) == right:sub(first)
end

-- The direction that a word is nearly, such as "nort".
local function meant_by(word)
  if #word < 4 or COMPASS:find(" " .. word .. " ", 1, true) then return nil end
  for direction in COMPASS:gmatch "%S+" do
    if #direction > 3 and is_near(word, direction) then return direction end
  end
end

-- "north" or "north/south" -> the way there, the way back
local function ways(words)
  local there, back = words:match "^(.-)/(.*)$"
  there, back = (there or words):lower(), back and back:lower()
  return expanded(there), back and expanded(back)
end

--- The ways as they are meant: asks about a word that nearly is a direction.
function self:meant_ways(words)
  local meant = {}
  for word in words:lower():gmatch "[^/]+" do
    local near = meant_by(word)
    if near then
      word = self:choose(text("There is no direction {word}. Did you mean {near}?",
        {word = word, near = near}), {near, word})
    end
    meant[#meant + 1] = word
  end
  return table.concat(meant, "/")
end

--- The room one stands in, if one may build there.
function self:must_build_here()
  local here = self.location
  if not here or not isa(here, "room") then refuse "You are in no room." end
  if not here:writable_by(self) and not here.buildable then
    refuse("This place is not yours to build in. {!dig a small kitchen} makes a room by itself, " ..
      "and {!help goto|goto} takes you there.")
  end
  return here
end

--- Leads an exit from where one stands to another room of one's own.
function self:lead(here, there, words, one_way)
  local direction, back = ways(words)
  if one_way then back = nil end
  local arguments = back and {back} or {}
  local led, exit = pcall(self.as_actor, self, here.connect, here, direction, there,
    table.unpack(arguments))
  if not led then refuse("There can be no such way: {why}.", {why = self:reason_of(exit)}) end
  if one_way then self:as_actor(function() exit.one_way = true end) end
  return exit, direction
end

--- Makes a room and a way to it: dig north to a small kitchen, dig north/out to a kitchen (the
--- second direction leads back). Without a direction it makes a room with no way in: dig a small
--- kitchen.
verb("dig text", {role = "builder"})
function self:dig(who, words)
  who:check_typed(caller())
  local direction, name = words:match "^(%S+)%s+to%s+(.+)$"
  local alone = words:lower():gsub("%s+to$", "")
  if not direction and COMPASS:find(" " .. expanded(alone) .. " ", 1, true) then
    refuse("To what? Say for instance: dig {way} to a small kitchen.", {way = expanded(alone)})
  end
  name = (name or words):gsub("^[Aa]n?%s+", ""):gsub("^[Tt]he%s+", "")
  who:check_name(name)
  local here = direction and who:must_build_here()
  if direction then direction = who:meant_ways(direction) end
  local room = who:as_actor(create, "room", nil, {name = name})
  if not direction then
    who:tell("You dig out {room}. No way leads there: {!help goto|goto} it, then " ..
      "{!help link|link} it.",
      {room = who:label(room)})
    return
  end
  local _, way = who:lead(here, room, direction)
  who:announce("{who} {who:opens} a way {way}.", {who = who, way = way}, {except = who})
  who:tell("A way leads {way} to {room} now.", {way = way, room = who:label(room)})
end

--- Leads a way to a room of yours: link north to #130, link east/west to my kitchen, link down to
--- #130 one way.
verb("link text", {role = "builder"})
function self:link(who, words)
  who:check_typed(caller())
  local rest = words:gsub("%s+one%s+way$", "")
  local direction, target = rest:match "^(%S+)%s+to%s+(.+)$"
  if not direction then refuse "Say for instance: link north to #130." end
  local here = who:must_build_here()
  local there = who:room_named(target)
  direction = who:meant_ways(direction)
  local _, way = who:lead(here, there, direction, rest ~= words)
  who:tell("A way leads {way} to {room} now.", {way = way, room = who:label(there)})
end

--- The room of that name among one's own, of that number, or of that fixed name.
function self:room_named(words)
  local room
  for _, thing in ipairs((self:search_objects((words:lower():gsub("^the%s+", "")), 0))) do
    if isa(thing, "room") and thing.owner == self then room = room or thing end
  end
  room = room or self:named(words)
  if not room or not isa(room, "room") then
    refuse("{words} is no room of yours: {!help find|find} tells you numbers.", {words = words})
  end
  return room
end

--- Takes a way away again: unlink north.
verb("unlink text", {role = "builder"})
function self:unlink(who, words)
  who:check_typed(caller())
  local here = who.location
  local direction = ways(words)
  local exit = here and here:exit(direction)
  if not exit then refuse("No way leads {way} from here.", {way = direction}) end
  if not exit:writable_by(who) then refuse "That way is not yours to take away." end
  who:as_actor(destroy, exit)
  who:tell("The way {way} is gone.", {way = direction})
end

-- Where somebody of that name is; nil: there is nobody called that. What may not be perceived of a
-- player is not told here either.
local function room_of_person(who, words)
  local whom = world:find_player(words)
  if not whom then
    local thing = who:named(words)
    return thing and isa(thing, "person") and thing:room()
  end
  local is_here = whom.connected and (not whom.hidden or who:has_role "wizard")
  local room = is_here and whom:room()
  if not room then refuse("{name} is not here now.", {name = whom.name}) end
  if room ~= who.location and not may_go_to(who, room) then
    refuse("{name} is in a place that is not yours.", {name = whom.name})
  end
  return room
end

--- Takes you to a room of yours, by its number or name, or to somebody who is in one, and back to
--- where you came from: goto #130, goto square, goto bob. A wizard goes anywhere.
verb("goto text", {role = "builder"})
function self:go_to(who, words)
  who:check_typed(caller())
  local room = room_of_person(who, words) or who:room_named(words)
  if room == who.location then refuse("You are there already.") end
  if not may_go_to(who, room) then
    refuse("You can walk to {the room}; only what is yours is a word away.", {room = room})
  end
  local here = who.location
  if here and isa(here, "room") and not here:writable_by(who) then who.went_from = here end
  who:announce("{who} {who:vanishes}.", {who = who}, {except = who, kind = "departure"})
  who:move_to(room, {how = "goto"})
  who:announce("{who} {who:appears}.", {who = who}, {except = who, kind = "arrival"})
  who:tell(room:look(who))
end
