--- Trait of players: help.

-- What one can do, by the traits that bring it; a verb of any other is under the last of these.
local function groups()
  return {
    {head = "Around you", traits = "looking sensing moving handling sitting trading"},
    {head = "Talking", traits = "talking gesturing messaging"},
    {head = "Channels", traits = "chatting chairing"},
    {head = "Together", traits = "following grouping"},
    {head = "Building", role = "builder"},
    {head = "For wizards", role = "wizard"},
    {head = "Yourself, and what else there is"},
  }
end

-- Whether a sentence belongs to a group: its role decides, then its trait.
local function belongs(entry, group)
  if group.role or entry.role then return group.role == entry.role end
  if not group.traits then return true end
  return (" " .. group.traits .. " "):find(" " .. entry.class .. " ", 1, true) ~= nil
end

-- The first words of the sentences of each group, each once, as lines.
local function words_by_group(entries)
  local lines, left = {}, entries
  for _, group in ipairs(groups()) do
    local words, others = {}, {}
    for _, entry in ipairs(left) do
      if not belongs(entry, group) then
        others[#others + 1] = entry
      elseif words[#words] ~= entry.word then
        words[#words + 1] = entry.word
      end
    end
    left = others
    if #words > 0 then
      lines[#lines + 1] = text("{#strong {head}}: {words}.",
        {head = group.head, words = table.concat(words, ", ")})
    end
  end
  return lines
end

-- A doc comment as one paragraph: it is broken into lines where its file is.
local function flowing(entry)
  entry.doc = entry.doc:gsub("([^\n])\n([^\n])", "%1 %2")
  return entry
end

--- Tells what one can do; help WORD tells of one command.
verb "help|h|commands"
function self:help(who)
  local lines = {text.title "What you can do"}
  for _, line in ipairs(words_by_group(who:verbs(who))) do lines[#lines + 1] = line end
  for _, line in ipairs{
    text "Things have words of their own: look closely. A direction alone walks there.",
    text "Say {!help look|help look} for one of them.",
    text "{!help settings|Help settings} fits lines and colours to your screen.",
    text "Say quit to leave: you come back here.",
  } do lines[#lines + 1] = line end
  who:tell(text.lines(lines))
end

-- The sentences of the actor, of what is at hand and of the places around, each once.
local function known_verbs(who)
  local entries, seen = {}, {}
  local function add(thing)
    if seen[thing.class] then return end
    seen[thing.class] = true
    for _, entry in ipairs(thing:verbs(who)) do
      local key = entry.class .. ":" .. entry.pattern
      if not seen[key] then entries[#entries + 1] = entry end
      seen[key] = true
    end
  end
  add(who)
  for _, thing in ipairs(who:contents()) do add(thing) end
  local things, people = who:visible()
  for _, thing in ipairs(things) do add(thing) end
  for _, person in ipairs(people) do add(person) end
  local place = who.location
  while place do
    add(place)
    if isa(place, "room") then
      for _, exit in ipairs(place:exits(who)) do add(exit) end
    end
    place = place.location
  end
  return entries
end

--- Says that nothing need be saved.
verb("save", {hidden = true})
function self:save(who)
  who:tell "All that you do is kept as it is done."
end

--- Tells of one command, also of what things at hand are good for, and builders of one word of
--- scripts.
verb "help|h word"
function self:help_about(who, word)
  local lines, wanted = {}, word:lower()
  for _, entry in ipairs(known_verbs(who)) do
    for _, name in ipairs(entry.words) do
      if name == wanted then
        local form = entry.doc == "" and "{#strong {pattern}}" or "{#strong {pattern}}: {doc}"
        lines[#lines + 1] = text(form, flowing(entry))
      end
    end
  end
  if who:has_role "builder" then
    for _, entry in ipairs(world:manual(word)) do
      lines[#lines + 1] = text("{#code {signature}}: {doc}", flowing(entry))
    end
  end
  if #lines == 0 then lines[1] = who:help_topic(wanted) end
  if #lines == 0 then refuse("There is no help about {word}. Just say help.", {word = word}) end
  who:tell(text.lines(lines))
end
