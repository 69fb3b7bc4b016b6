--- Trait of players: describing oneself, and for builders what is theirs; reading and setting
--- properties.

local function unquoted(words)
  return words:match '^"(.*)"$' or words:match "^'(.*)'$" or words
end

local function truth(words)
  local word = words:lower()
  if word == "true" or word == "yes" or word == "on" then return true end
  if word == "false" or word == "no" or word == "off" then return false end
  refuse("{words} is neither true nor false.", {words = words})
end

local function number(words, whole)
  local value = tonumber(words)
  if value and whole then value = math.tointeger(value) end
  if not value then
    refuse(whole and text("{words} is no whole number.", {words = words})
      or text("{words} is no number.", {words = words}))
  end
  return value
end

local function from_json(words)
  local value, reason = json.decode(words)
  if value == nil then
    refuse("Lists and maps are written as JSON, such as {example}: {reason}.",
      {example = '["old", "dented"]', reason = reason})
  end
  return value
end

--- The value that the words stand for, where a property takes what `takes` says.
function self:value_of(takes, words)
  local wanted, optional = takes:gsub(" or nil$", "")
  local plain = words:lower()
  if optional > 0 and (plain == "nil" or plain == "nothing" or plain == "none") then return nil end
  if wanted == "true or false" then return truth(words) end
  if wanted == "an integer" then return number(words, true) end
  if wanted == "a number" then return number(words, false) end
  if wanted == "text" or wanted == "text without placeholders" or wanted:match "^one of " then
    return unquoted(words)
  end
  if wanted == "a table" then return from_json(words) end
  if wanted == "anything" then return tonumber(words) or unquoted(words) end
  return self:must_name(words)
end

--- The property of that name as {name, doc, class, takes}; refuses if there is none.
function self:property_of(thing, name)
  local near = {}
  for _, entry in ipairs(thing:properties()) do
    if entry.name == name then return entry end
    near[#near + 1] = entry.name
  end
  refuse("{the thing} {thing:has} no property {name}. There are {all}.",
    {thing = thing, name = name, all = table.concat(near, ", ")})
end

local function assign(thing, name, value)
  thing[name] = value
end

--- Sets a property of something of this player's; refuses what does not fit, and the words of
--- whoever is silenced.
function self:assign(thing, name, value)
  if type(value) == "string" or type(value) == "table" then self:check_voice() end
  local done, why = pcall(self.as_actor, self, assign, thing, name, value)
  if not done then refuse("{why}.", {why = self:reason_of(why)}) end
end

-- "lamp.fuel to 5", "lamp.fuel 5", "lamp.fuel = 5", "fuel of lamp to 5"
local function split_assignment(words)
  local thing, name, value = words:match "^(.-)%.([%a_][%w_]*)%s*=%s*(.+)$"
  if not thing then thing, name, value = words:match "^(.-)%.([%a_][%w_]*)%s+to%s+(.+)$" end
  if not thing then thing, name, value = words:match "^(.-)%.([%a_][%w_]*)%s+(.+)$" end
  if not thing then name, thing, value = words:match "^([%a_][%w_]*)%s+of%s+(.-)%s+to%s+(.+)$" end
  return thing, name, value
end

--- Sets a property of something of yours: set lamp.fuel to 50, set here.dark to true, set box.key
--- to brass key, set lamp.adjectives to ["old"], set lamp.article to nothing.
verb("set text", {role = "builder"})
function self:set_property(who, words)
  who:check_typed(caller())
  local target, name, value = split_assignment(words)
  if not target then decline "Say for instance: set lamp.fuel to 50, or set width to 100." end
  if value == "to" or value == "=" then
    refuse("Set it to what? Say for instance: set {target}.{name} to ...",
      {target = target, name = name})
  end
  local thing = who:must_own(target)
  local property = who:property_of(thing, name)
  if name == "name" then who:check_name(unquoted(value)) end
  if name == "location" then refuse "Things are moved, not set: take it, and drop it there." end
  who:assign(thing, name, who:value_of(property.takes, value))
  who:tell("{name} of {thing} is now {value}.",
    {name = name, thing = who:label(thing), value = who:shown(thing[name])})
end

--- Says what one sees when looking closely: describe me as tall and tired. Builders describe what
--- is theirs: describe lamp as ..., describe here as ...
verb "describe text"
function self:describe_thing(who, words)
  who:check_typed(caller())
  local target, description = words:match "^(.-)%s+as%s+(.+)$"
  if not target then refuse "Say for instance: describe me as a tall woman in grey." end
  local thing = who:must_name(target)
  if thing ~= who and not (who:has_role "builder" and thing:writable_by(who)) then
    refuse("{the thing} is not yours to describe.", {thing = thing})
  end
  who:check_voice()
  thing.description = unquoted(description)
  who:tell("From now on, one sees this:")
  who:tell(thing:look(who))
end
