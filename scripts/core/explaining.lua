--- Trait of players: help about what is no command of its own, and words that people try first.

-- Of the world: what each topic is looked for by, and what it says.
local function topics_of_the_world()
  return {
    {"directions direction north south east west up down northeast northwest southeast " ..
      "southwest movement moving move walking exit exits ways",
      text("A direction alone walks there: {!north}, or n; also south, east, west, up, down, " ..
      "in, out, northeast (ne) and so on. {!exits} lists the ways out of here. Say quit " ..
      "to leave the world itself.")},
    {"open close unlock lock door doors",
      text("Doors and boxes: open door, close door, unlock box with key, lock box with key.")},
    {"read reading write writing book books sign board notices",
      text("What has words on it: read sign, read board, read 2 on board. On some things one " ..
      "writes: write I was here in book, post TITLE on board.")},
    {"color colors colour colours width charset screenreader terminal",
      text("Type set colours off, 16, 256 or true, set width 100, set screenreader on; each " ..
      "also takes auto: as your client says. {!help settings|Help settings} lists all.")},
    {"map maps area",
      text("Clients that draw maps, such as Mudlet, learn of each place by themselves. " ..
      "{!exits} lists the ways out of here in words.")},
    {"tutorial beginner newbie start begin",
      text("Where a world has a tutorial, say {!tutorial} to begin or to be told again what " ..
      "comes next. Else {!look} around, {!help|help} lists what you can do.")},
  }
end

-- Of oneself and the others: the same.
local function topics_of_people()
  return {
    {"logout logoff disconnect bye goodbye leaving",
      text("Say quit to leave: you come back where you left. Where the connection drops, what " ..
      "is said meanwhile is kept for you.")},
    {"privacy private secret",
      text("What you say is read by all who are here, what you whisper and tell by one; " ..
      "wizards read the last lines that somebody who reports something has read. " ..
      "Builders see what you do with their things. Nobody reads your password.")},
    {"mute silence block annoying abuse harassment",
      text("Say ignore NAME to hear no more of somebody, set tells off to be told nothing, " ..
      "and report NAME and why if it should not happen. Wizards can silence people.")},
    {"rules rule policy conduct manners",
      text("Leave others their pleasure: do not pester, insult or pretend to be somebody " ..
      "else. {!help report|Report} what should not happen; wizards may silence or ban. " ..
      "The world may have posted more: read what hangs on boards.")},
    {"password passwords passwd",
      text("Say password, alone: you are asked for the old one and twice for the new one. " ..
      "Nobody else ever asks for it, whatever a thing says.")},
    {"key keys ssh",
      text("Keys of doors: unlock door with key. Keys that let you in by SSH without a " ..
      "password: keys list, keys add LINE, keys remove NUMBER.")},
  }
end

local function among(topics, word)
  for _, topic in ipairs(topics) do
    if (" " .. topic[1] .. " "):find(" " .. word .. " ", 1, true) then return topic[2] end
  end
end

-- What teaches newcomers in this world; nil: nothing does.
local function teacher()
  local found, it = pcall(object, "first_steps")
  return found and it or nil
end

--- What there is to say about a topic by any of its words; nil: nothing.
function self:help_topic(words)
  for word in words:lower():gmatch "%w+" do
    local found = among(topics_of_the_world(), word) or among(topics_of_people(), word)
    if found then return found end
  end
end

--- Tells of what is said in several words: help change password.
verb("help text", {priority = -5, hidden = true})
function self:help_with(who, words)
  local found = who:help_topic(words)
  if not found then refuse("There is no help about {words}. Just say help.", {words = words}) end
  who:tell(found)
end

--- What people type to leave, where it is something else.
verb("exit|logout|logoff|bye|q|quit [text]", {hidden = true})
verb("log out|off", {hidden = true})
function self:explain_quit(who)
  who:tell("Say {!quit} to leave the world: you come back here. {!exits} lists the ways out of " ..
    "this place.")
end

--- Says once more what comes next in the tutorial, wherever one is.
verb("tutorial", {priority = -5, hidden = true})
function self:repeat_tutorial(who)
  who:check_sender(caller())
  local steps = teacher()
  if not steps then decline() end
  steps:say_again(who)
end

--- Ends the tutorial, wherever one is.
verb("tutorial skip|stop|off|end", {priority = -5, hidden = true})
function self:end_tutorial(who)
  who:check_sender(caller())
  local steps = teacher()
  if not steps then decline() end
  steps:skip(who)
end
