--- Trait of builders: classes, and verbs of single things.

local slots <const> = " this thing held person player direction number word text "
local reserved <const> = " and break do else elseif end false for function goto if in local " ..
  "nil not or repeat return then true until while "

local function is_among(list, word)
  return list:find(" " .. word .. " ", 1, true) ~= nil
end

local function is_slot(word)
  return is_among(slots, word)
end

local function split(words)
  local all = {}
  for word in words:gmatch "%S+" do all[#all + 1] = word end
  return all
end

local function is_plain(words, first, last)
  for i = first, last do
    if is_slot(words[i]) or words[i]:find "[%[%]|]" then return false end
  end
  return true
end

--- Finds what a verb is for: in "put held in lamp" the lamp. Gives it, and the pattern with "this"
--- in its place, or without it for the room.
function self:verb_target(sentence)
  local words = split(sentence)
  for length = #words - 1, 1, -1 do
    for first = 2, #words - length + 1 do
      local last = first + length - 1
      local noun = table.concat(words, " ", first, last)
      local thing = is_plain(words, first, last) and self:named(noun)
      if thing then
        local is_room = isa(thing, "room")
        local left = table.concat(words, " ", 1, first - 1)
        local right = table.concat(words, " ", last + 1)
        return thing, ((left .. (is_room and " " or " this ") .. right):gsub("%s+$", ""))
      end
    end
  end
end

local function member_of(thing, name)
  return thing[name]
end

-- Whether it has something of that name from elsewhere: its verb must not take the place of that.
local function is_taken(thing, name, source)
  if source:find("function self:" .. name .. "(", 1, true) then return false end
  return (pcall(member_of, thing, name))
end

-- The name of the method for a pattern: its words. "put held in this" -> put_in
local function method_name(pattern, thing, source)
  local parts = {}
  for word in pattern:gsub("|[^%s%]]+", ""):gsub("[%[%]]", ""):gmatch "%S+" do
    if not is_slot(word) then parts[#parts + 1] = word:lower():gsub("[^%w]", "_") end
  end
  local name = table.concat(parts, "_"):sub(1, 40)
  local is_name = name:match "^[a-z]" and not is_among(reserved, name)
  if not is_name or is_taken(thing, name, source) then name = "do_" .. name end
  return name
end

-- What its method takes: the slots but `this`, in order.
local function parameters(pattern)
  local names, seen = {"who"}, {}
  for word in pattern:gsub("[%[%]]", ""):gmatch "%S+" do
    if is_slot(word) and word ~= "this" then
      seen[word] = (seen[word] or 0) + 1
      names[#names + 1] = seen[word] > 1 and word .. seen[word] or word
    end
  end
  names[#names + 1] = "how"
  return table.concat(names, ", ")
end

-- The source without that verb and its method, and whether it was there.
local function without_verb(source, pattern, name)
  local head = '\nverb "' .. pattern .. '"\nfunction self:' .. name .. "("
  local from = source:find(head, 1, true)
  if not from then return source, false end
  local _, to = source:find("\nend\n", from, true)
  if not to then return source, false end
  return source:sub(1, from - 1) .. source:sub(to + 1), true
end

--- What the class is called that something has for itself, or would have.
function self:own_class_name(thing)
  if thing.class:match("_" .. thing.id .. "$") then return thing.class end
  return thing.class:sub(1, 20) .. "_" .. thing.id
end

--- The class that something has for itself, as name and source. Without one yet, what it would
--- begin as.
function self:own_class(thing)
  local name = self:own_class_name(thing)
  local known = self:class_source(name)
  if known and not known.source then
    refuse("What is special about {the thing} is {owner}'s own: it is not shared.",
      {thing = thing, owner = known.owner})
  end
  if known then return name, known.source end
  -- A name may hold anything, and this is going to be a line of source.
  local title = thing.name:gsub("%c+", " ")
  return name, string.format('--- What is special about %s.\ninherit "%s"\n', title, thing.class)
end

--- Puts a class of something's own in force; refuses with what is wrong with it.
function self:put_own_class(thing, name, source)
  local fault = self:put_class(name, source, thing)
  if fault then refuse("That does not work yet:\n\n{#code {fault}}", {fault = fault}) end
end

local function may_be_programmed(who, thing)
  if thing == who or isa(thing, "player") then
    refuse "People have no verbs of their own: give them to something that you wear or carry."
  end
  if not thing:writable_by(who) then
    refuse("{the thing} is not yours to program.", {thing = thing})
  end
end

--- Gives something a verb, in one line: verb rub lamp: self:announce("{the it} glows.", {it =
--- self}). The code knows self, who, what stands in the slots (thing, held, person, text, ...), and
--- how. Nothing behind the colon takes the verb away. Of a room: verb pray here: ...
verb("verb text", {role = "builder"})
function self:give_verb(who, words)
  who:check_typed(caller())
  local sentence, code = words:match "^(.-)%s*:%s*(.*)$"
  if not sentence or not sentence:find "%s" then
    refuse "Say for instance: verb rub lamp: who:tell \"It is warm.\""
  end
  if code ~= "" then who:check_voice() end
  local thing, pattern = who:verb_target(sentence)
  if not thing then refuse("{words}: what of that is the thing?", {words = sentence}) end
  may_be_programmed(who, thing)
  local name, source = who:own_class(thing)
  local method = method_name(pattern, thing, source)
  local rest, was_there = without_verb(source, pattern, method)
  if code == "" and not was_there then
    refuse("{the thing} has no verb {pattern} of its own.", {thing = thing, pattern = pattern})
  end
  if code ~= "" then
    rest = string.format('%s\nverb "%s"\nfunction self:%s(%s)\n  %s\nend\n', rest, pattern, method,
      parameters(pattern), code)
  end
  who:put_own_class(thing, name, rest)
  if code == "" then
    who:tell("{the thing} forgets {pattern}.", {thing = thing, pattern = pattern})
  else
    who:tell("{the thing} has the verb {pattern} now.", {thing = thing, pattern = pattern})
  end
end

-- A new class to begin with.
local function first_source(name)
  local words = name:gsub("_", " ")
  return string.format('--- What a %s is.\ninherit "thing"\nproperty.name = "%s"\n', words, words)
end

--- Changes the source of a class until it loads, or the writer gives up; whether it was changed.
--- `read` gives the source as it is now, `put` puts it in force, `past` finds who changed it.
function self:edit_source(name, read, put, past)
  local opened = read()
  local source, prompt = opened, text("Source of {name}:", {name = name})
  while true do
    self:check_voice()                         -- Code holds words too.
    local written = self:edit(prompt, source)
    self:check_voice()
    local now = read()
    local choice = now == opened and "mine" or self:settle_edits(name, read, past)
    if choice == "theirs" then return false end
    opened, source = now, written
    if choice == "mine" then
      local fault = put(written)
      if not fault then return true end
      prompt = text("It does not work yet, and nothing has changed:\n\n{#code {fault}}",
        {fault = fault})
    else
      prompt = text("As it is now:\n\n{#code {now}}\n\nYours:", {now = now})
    end
  end
end

--- Opens the line editor: edit lamp (the source of what is special about it), edit
--- lamp.description, edit class bell. In it, say .help on a line of its own.
verb("edit text", {role = "builder"})
function self:edit_thing(who, words)
  who:check_typed(caller())
  local class = words:match "^class%s+([%w_]+)$"
  if class then
    who:edit_class(class:lower())              -- No tail call: it must be known who called.
    return
  end
  local target, property = words:match "^(.-)%.([%a_][%w_]*)$"
  local thing = who:must_own(target or words)
  if property then
    who:edit_property(thing, property)
    return
  end
  may_be_programmed(who, thing)
  local name = who:own_class_name(thing)
  local is_changed = who:edit_source(name, function()
    local _, source = who:own_class(thing)
    return source
  end, function(written)
    return who:put_class(name, written, thing)
  end, {object = thing, classes = {name}})
  if not is_changed then return end
  who:tell("{the thing} is what you have made of it.", {thing = thing})
end

--- Edits a text of something.
function self:edit_property(thing, name)
  local entry = self:property_of(thing, name)
  local old = thing[name]
  if type(old) ~= "string" then
    refuse("{name} is no text: {!help set|set} it.", {name = name})
  end
  local prompt, written = text("{name} of {the thing}:", {name = name, thing = thing}), old
  local opened, choice
  repeat
    opened = thing[name]
    self:check_voice()
    written = self:edit(prompt, written)
    choice = thing[name] == opened and "mine" or
      self:settle_edits(name, function() return thing[name] end, {object = thing})
    prompt = text("As it is now:\n\n{now}\n\nYours:", {now = thing[name]})
  until choice ~= "edit on"
  if choice == "theirs" then return end
  self:assign(thing, name, self:value_of(entry.takes, written))
  self:tell("{name} of {the thing} is changed.", {name = name, thing = thing})
end

--- Edits a class made in the game, or begins one.
function self:edit_class(name)
  local known = self:class_source(name)
  if not known and name:find "_%d+$" then
    refuse "Names that end in a number are for what is special about single things."
  end
  if known and not known.made then
    refuse("{name} is a file of the world: begin one of yours with inherit \"{name}\".",
      {name = name})
  end
  if known and not known.source then
    refuse("{name} belongs to {owner}: choose another name.", {name = name, owner = known.owner})
  end
  local is_changed = self:edit_source(name, function()
    local found = self:class_source(name)
    return found and found.source or first_source(name)
  end, function(written)
    return self:put_class(name, written)
  end, {classes = {name}})
  if not is_changed then return end
  self:tell("{name} runs. {#code create a thing as {name}} makes one.", {name = name})
end

--- Takes away a class that you made, when nothing is of it any more: forget class bell. undo brings
--- it back.
verb("forget class word", {role = "builder"})
function self:forget_class(who, name)
  who:check_typed(caller())
  local obstacle = who:drop_class(name:lower())
  if obstacle then refuse("{name} stays: {why}.", {name = name, why = obstacle}) end
  who:tell("The class {name} is gone.", {name = name})
end
