--- Trait of builders: looking at things as their maker does.

local most_found <const> = 100

--- A value as builders write it.
function self:shown(value)
  local kind = type(value)
  if kind == "nil" then return "nothing" end
  if kind == "object" then return self:label(value) end
  if kind == "text" then return value end
  if kind == "table" then
    local written, json_text = pcall(json.encode, value)
    return written and json_text or "a table"
  end
  if kind == "string" then return '"' .. value .. '"' end
  return tostring(value)
end

-- Who it belongs to, as text.
local function owner_of(thing)
  return thing.owner and thing.owner.name or "the world's files"
end

-- Only what its owner may know is private.
local function value_in(thing, name)
  return thing[name]
end

--- What the words name to a builder who would look into it; refuses what is out of his sight in
--- somebody's hands, unless it is his own.
function self:must_look_into(words)
  local thing = self:must_name(words)
  local holder = thing.location
  while holder and not isa(holder, "person") do holder = holder.location end
  if holder and holder ~= self and not thing:writable_by(self) and not self:sees(thing) then
    refuse("{words} is in somebody's hands, and out of your sight.", {words = words})
  end
  return thing
end

--- What a builder sees of something: what it is, its properties, and the sentences it answers to.
function self:sheet(thing)
  local lines = {text("{label}: a {class}, of {owner}.",
    {label = self:label(thing), class = thing.class, owner = owner_of(thing)})}
  if thing.location == self then
    lines[#lines + 1] = "You have it."
  elseif thing.location and (self:sees(thing) or thing:writable_by(self)) then
    lines[#lines + 1] = text("It is in {place}.", {place = self:label(thing.location)})
  end
  for _, entry in ipairs(thing:properties()) do
    local known, value = pcall(self.as_actor, self, value_in, thing, entry.name)
    if known and entry.name ~= "location" then
      lines[#lines + 1] = text("{#code {name}} = {value}",
        {name = entry.name, value = self:shown(value)})
    end
  end
  local patterns = {}
  for _, entry in ipairs(thing:verbs(self)) do
    if entry.pattern:find("this", 1, true) then patterns[#patterns + 1] = entry.pattern end
  end
  if #patterns > 0 then
    lines[#lines + 1] = text("Verbs: {all}.", {all = table.concat(patterns, ", ")})
  end
  return text.lines(lines)
end

--- Shows what something is made of: show lamp, show lamp.fuel, show here, show class lamp. Of a
--- class that was made in the game also an earlier version: show class bell version 3.
verb("show text", {role = "builder", priority = -1})
function self:show(who, words)
  who:check_typed(caller())
  local class = words:match "^class%s+([%w_]+)$"
  if class then
    who:show_class(class:lower())              -- No tail call: it must be known who called.
    return
  end
  local past, version = words:match "^class%s+([%w_]+)%s+version%s+(%d+)$"
  if past then
    who:show_version(past:lower(), tonumber(version))
    return
  end
  local target, name = words:match "^(.-)%.([%a_][%w_]*)$"
  local thing = who:must_look_into(target or words)
  if not target then return who:tell(who:sheet(thing)) end
  local entry = who:property_of(thing, name)
  local known, value = pcall(who.as_actor, who, value_in, thing, name)
  if not known then refuse(who:reason_of(value)) end
  local doc = entry.doc ~= "" and " " .. entry.doc or ""
  who:tell("{label}: {#code {name}} = {value}. It takes {takes}.{doc}",
    {label = who:label(thing), name = name, value = who:shown(value), takes = entry.takes,
      doc = doc})
end

local function tell_source(who, title, source)
  local lines = {title}
  local n = 0
  for line in (source .. "\n"):gmatch "(.-)\n" do
    n = n + 1
    lines[#lines + 1] = text("{#dim {n}} {#code {line}}",
      {n = string.format("%3d", n), line = line})
  end
  who:tell(text.lines(lines))
end

--- Shows the source of a class.
function self:show_class(class)
  local source = self:class_source(class)
  if not source then refuse("There is no class {class}.", {class = class}) end
  if not source.source then
    refuse("The source of {class} is {owner}'s own: it is not shared.",
      {class = class, owner = source.owner})
  end
  local owner = source.owner == "" and "the world's files" or source.owner
  tell_source(self, text("{class}, of {owner}, version {n}:",
    {class = class, owner = owner, n = source.version}), source.source)
end

--- Shows the source that a class had in an earlier version.
function self:show_version(class, version)
  local source = self:version_of(class, version)
  tell_source(self, text("{class}, version {n}:", {class = class, n = version}), source)
end

--- Finds things of yours by their names; a wizard finds everybody's: find lamp.
verb("find text", {role = "builder"})
function self:find_things(who, words)
  who:check_typed(caller())
  local wanted, after, found = words:lower(), 0, 0
  while after and found <= most_found do
    local things
    things, after = who:search_objects(wanted, after)
    for _, thing in ipairs(things) do who:tell(who:found_line(thing)) end
    found = found + #things
    if after then wait(0) end
  end
  if found == 0 then who:tell("Nothing of yours is called {words}.", {words = words}) end
  if found > most_found then who:tell "There is more: give more of the name." end
end

--- One line of what was found.
function self:found_line(thing)
  local place = thing.location
  return text("#{id} {name}, of class {class}{where}", {
    id = thing.id, name = thing.name, class = thing.class,
    where = place and text(", in {place}", {place = self:label(place)}) or ""
  })
end

--- Names the classes that you have made.
verb("classes", {role = "builder"})
function self:list_classes(who)
  who:check_typed(caller())
  local names = who:made_classes()
  if #names == 0 then
    refuse "You have made no classes yet. {!edit class bell} begins one."
  end
  who:tell("You have made {names}.", {names = table.concat(names, ", ")})
end
