--- Trait of builders: what was done, by whom and when.

local most_parts <const> = 5                 -- Of a class, named in one line.

local function calls_of(found)
  if found.error then refuse("That cannot be looked up: {why}.", {why = found.error}) end
  return found
end

local other_lines <const> = "other lines"

-- What has happened to a class: "added verb ring this, changed method tick".
local function parts_words(change)
  if not change.version then return "taken away" end
  local words = {}
  for _, part in ipairs(change.parts) do
    if part.label ~= other_lines or #change.parts == 1 then
      words[#words + 1] = #words < most_parts and part.what .. " " .. part.label or nil
    end
  end
  local is_more = #words == most_parts and #change.parts > most_parts
  local all = table.concat(words, ", ") .. (is_more and " and more" or "")
  return change.new and "new, " .. all or all
end

-- "; bell_75 version 2: added verb ring this" for each class that a call has changed.
local function class_words(call)
  local words = ""
  for _, change in ipairs(call.classes) do
    local version = change.version and " version " .. change.version or ""
    words = words .. "; " .. change.name .. version .. ": " .. parts_words(change)
  end
  return words
end

-- What was typed, for whoever typed it and for wizards: others may have said something beside it.
-- Else nil. What nobody typed is shown.
local function words_of(who, call)
  if not call.who or call.who == who or who:has_role "wizard" then return call.line end
end

-- What a past call changed, by the names of the properties.
local function changed_by(call)
  local names = {}
  for _, name in ipairs(call.properties) do
    if name:sub(1, 1) ~= "#" then names[#names + 1] = name end
  end
  if #names > 0 then return "changed " .. table.concat(names, ", ") end
  return #call.classes > 0 and "changed code" or "changed what it is"
end

-- "a line" of a past call.
local function past_line(who, n, call)
  local one = call.changes == 1
  local words = words_of(who, call)
  return text("{n}  {ago}  {who}: {what} ({changes} {word}{classes})", {
    n = string.format("%2d", n), ago = time.ago(call.time),
    what = words and text("{#code {line}}", {line = words}) or changed_by(call),
    who = call.who and call.who.name or call.service, changes = call.changes,
    word = one and "change" or "changes", classes = class_words(call)
  })
end

--- The player whom the words name, if one may look at what he did.
function self:must_be_player(words)
  local whose = world:find_player(words)
  if not whose then refuse("There is nobody called {words}.", {words = words}) end
  if whose ~= self and not self:has_role "wizard" then
    refuse "Only wizards look at what others have done."
  end
  return whose
end

local function tell_calls(who, found, none)
  if #found == 0 then refuse(none) end
  local lines = {}
  for n, call in ipairs(found) do lines[#lines + 1] = past_line(who, n, call) end
  who:tell(text.lines(lines))
end

--- Tells what you have changed, the newest first: history. What was done to something: history
--- lamp. To a class of yours: history class bell. A wizard reads what somebody else did: history of
--- bob.
verb("history", {role = "builder"})
function self:history(who)
  who:check_typed(caller())
  tell_calls(who, calls_of(who:past_calls{actor = who}), "You have changed nothing yet.")
end

--- Tells what somebody has changed.
verb("history of word", {role = "builder", priority = 1})
function self:history_of(who, name)
  who:check_typed(caller())
  local whose = who:must_be_player(name)
  tell_calls(who, calls_of(who:past_calls{actor = whose}), "Nothing was changed.")
end

--- What is to be looked up of something of one's own, or of a class: for past_calls.
function self:past_of(words)
  local class = words:match "^class%s+([%w_]+)$"
  if not class then
    local thing = self:must_own(words)
    return {object = thing, classes = {thing.class, self:own_class_name(thing)}}
  end
  class = class:lower()
  local known = self:class_source(class)
  if known and not known.made then
    refuse("{class} is a file of the world: what was done to it is not kept here.", {class = class})
  end
  if known and not known.source then
    refuse("{class} belongs to {owner}.", {class = class, owner = known.owner})
  end
  return {classes = {class}}
end

--- Tells what was done to something of yours, or to a class; of what others did, who, when and what
--- changed: history lamp, history class bell.
verb("history text", {role = "builder"})
function self:history_of_thing(who, words)
  who:check_typed(caller())
  tell_calls(who, calls_of(who:past_calls(who:past_of(words))), "Nothing was done to it.")
end

-- "what: who, when, by which line", the line for those who may read it.
local function blamed(who, what, call)
  local line = words_of(who, call)
  return text("{what}: {who}, {ago}{line}", {
    what = what, who = call.who and call.who.name or call.service, ago = time.ago(call.time),
    line = line and text(", {#code {line}}", {line = line}) or ""
  })
end

-- Who made each declaration of classes what it is: adds lines for those of one call.
local function blame_classes(who, lines, known, call, wanted)
  for _, change in ipairs(call.classes) do
    if not change.version then known[change.name] = true end
    for _, part in ipairs(change.parts) do
      local key = change.name .. " " .. part.label
      local is_new = not known[key] and not known[change.name]
      known[key] = true
      if is_new and part.what ~= "removed" and (not wanted or part.name == wanted) then
        local of = text("{#code {label}} of {class} version {n}",
          {label = part.label, class = change.name, n = change.version})
        lines[#lines + 1] = blamed(who, of, call)
      end
    end
  end
end

-- The same of what a thing's properties hold.
local function blame_properties(who, lines, known, call, wanted)
  for _, name in ipairs(call.properties) do
    if not known["." .. name] and name:sub(1, 1) ~= "#" and (not wanted or name == wanted) then
      known["." .. name] = true
      lines[#lines + 1] = blamed(who, text("{#code {name}}", {name = name}), call)
    end
  end
end

--- Tells who last changed each property of something of yours, and each verb and method that was
--- made in the game: blame lamp, blame lamp.fuel, blame class bell.
verb("blame text", {role = "builder"})
function self:blame(who, words)
  who:check_typed(caller())
  local target, wanted = words:match "^(.-)%.([%a_][%w_]*)$"
  local query = who:past_of(target or words)
  query.limit = 100
  local lines, known = {}, {}
  for _, call in ipairs(calls_of(who:past_calls(query))) do
    blame_properties(who, lines, known, call, wanted)
    blame_classes(who, lines, known, call, wanted)
  end
  if #lines == 0 then refuse "Nobody has changed that, as far back as is kept." end
  who:tell(text.lines(lines))
end
