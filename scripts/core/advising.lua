--- Trait of players: help.

-- The first words of the sentences that need this role, each once; nil: if there are none.
local function words_for(entries, role)
  local words = {}
  for _, entry in ipairs(entries) do
    if entry.role == role and words[#words] ~= entry.word then words[#words + 1] = entry.word end
  end
  if #words > 0 then return table.concat(words, ", ") end
end

--- Tells what one can do; help WORD tells of one command.
verb "help|commands"
function self:help(who)
  local entries = who:verbs(who)
  local lines = {
    text.title "What you can do",
    text "Look at things, go to places, take and drop things, and talk to people:",
    text("{words}.", {words = words_for(entries)}),
  }
  local building, guarding = words_for(entries, "builder"), words_for(entries, "wizard")
  if building then lines[#lines + 1] = text("Building: {words}.", {words = building}) end
  if guarding then lines[#lines + 1] = text("For wizards: {words}.", {words = guarding}) end
  for _, line in ipairs{
    text "Things have words of their own: look closely. A direction alone walks there.",
    text "Say {!help look|help look} for one of them.",
    text "{!help settings|Help settings} fits lines and colours to your screen.",
    text "Say quit to leave: you come back here.",
  } do lines[#lines + 1] = line end
  who:tell(text.lines(lines))
end

--- Tells of one command, and builders of one word of scripts.
verb "help word"
function self:help_about(who, word)
  local lines = {}
  for _, entry in ipairs(who:verbs(who)) do
    for _, name in ipairs(entry.words) do
      if name == word then
        lines[#lines + 1] = text("{#strong {pattern}}: {doc}", entry)
      end
    end
  end
  if who:has_role "builder" then
    for _, entry in ipairs(world:manual(word)) do
      lines[#lines + 1] = text("{#code {signature}}: {doc}", entry)
    end
  end
  if #lines == 0 then refuse("There is no help about {word}. Just say help.", {word = word}) end
  who:tell(text.lines(lines))
end
