--- Trait of players: talking on channels.

local DEFAULT <const> = "public"
local MOST_PEOPLE <const> = 200              -- That clients are told of.

-- The channel of this name. Without one the sentence may still mean something else.
local function channel_for(name)
  return world:channel(name)
    or decline("There is no channel {name}. {!channels} lists them.", {name = name})
end

--- Lists the channels.
verb "channels"
function self:list_channels(who)
  local rows = {}
  for _, channel in ipairs(object("switchboard"):list()) do
    if channel:shown_to(who) then
      rows[#rows + 1] = {channel.name, channel:has(who) and "yes" or "no", #channel:members(),
        channel.topic}
    end
  end
  if #rows == 0 then return who:tell "There are no channels." end
  who:tell(text.lines{
    text.table(rows, {"channel", "you are on it", "people", "topic"}),
    "Say join NAME, leave NAME, and then NAME TEXT, or chat TEXT for the public one."
  })
end

--- Goes onto a channel: join public. If it has a key: join public sesame.
verb "join word [word]"
function self:join_channel(who, name, key)
  who:check_sender(caller())
  channel_for(name):join(who, key)
end

--- Leaves a channel: leave public.
verb("leave word", {priority = -1})
function self:leave_channel(who, name)
  who:check_sender(caller())
  local channel = world:channel(name)
  if not channel then decline("You are not on a channel of that name.") end
  if not channel:has(who) then decline("You are not on {name}.", {name = channel.name}) end
  channel:leave(who)
end

--- Says something on the public channel, or on the one that you name: chat hello, chat public
--- hello.
--- The name of a channel you are on is enough: town hello.
verb "chat text"
function self:chat(who, words)
  who:check_sender(caller())
  local name, rest = words:match "^(%S+)%s+(.+)$"
  local channel = name and world:channel(name)
  if channel then
    words = rest
  else
    channel = world:channel(DEFAULT)
    if not channel then refuse "Say: chat CHANNEL TEXT" end
    if not channel:has(who) then channel:join(who) end
  end
  channel:say(who, words)
end

--- The channels that this player is on, for clients: a list of {name, caption, command}.
function self:channel_list()
  self:check_sender(caller())
  local list = {}
  for _, channel in ipairs(object("switchboard"):list()) do
    if channel:has(self) then
      list[#list + 1] = {name = channel.name, command = channel.name,
        caption = channel.topic == "" and channel.name or channel.topic}
    end
  end
  return list
end

--- Who else is on those channels and connected, for clients: a list of {name, channels}.
function self:channel_people()
  self:check_sender(caller())
  local list, of = {}, {}
  for _, channel in ipairs(object("switchboard"):list()) do
    for _, who in ipairs(channel:has(self) and channel:members() or {}) do
      if #list >= MOST_PEOPLE then return list end
      if isa(who, "player") and who.connected and not who.hidden then
        if not of[who] then
          of[who] = {name = who.name, channels = {}}
          list[#list + 1] = of[who]
        end
        table.insert(of[who].channels, channel.name)
      end
    end
  end
  return list
end

-- Whether sentences begin with this word, however they go on.
local function is_verb(who, word)
  for _, entry in ipairs(who:verbs(who)) do
    for _, known in ipairs(entry.words) do
      if known == word then return true end
    end
  end
  return false
end

--- A line that is no sentence is meant for a channel if it begins with its name; where that is the
--- word of a verb too, only with a # before it. ? is help.
function self:not_understood(line)
  if line == "?" then
    self:help(self)
    return
  end
  local mark, name, words = line:match "^(#?)(%a[%w_]*)%s+(.+)$"
  local channel = name and world:channel(name)
  if not channel or not channel:has(self) then decline() end
  if mark == "" and is_verb(self, name:lower()) then decline() end
  channel:say(self, words)
end

--- Shows the last 20 lines of a channel: last public.
verb "last word"
function self:show_last_lines(who, name)
  self:show_history(who, 20, name)
end

--- Shows so many of the last lines of a channel: last 5 on public.
verb "last number on word"
function self:show_history(who, count, name)
  local channel = channel_for(name)
  if not channel:has(who) then refuse("You are not on {name}.", {name = channel.name}) end
  local said = channel:history(math.max(1, math.min(count, 100)))
  if #said == 0 then
    refuse("Nobody has said anything on {name} yet.", {name = channel.name})
  end
  local lines = {}
  for _, line in ipairs(said) do
    lines[#lines + 1] = text("{ago}, {name}: {#say {text}}",
      {ago = time.ago(line.at), name = line.name, text = line.text})
  end
  who:tell(text.lines(lines))
end

--- Tells about a channel: who is on it, what it is about, how it is set.
verb "channel word"
function self:show_channel(who, name)
  local channel = channel_for(name)
  if not channel:shown_to(who) then refuse("There is no channel {name}.", {name = name}) end
  local here, operators, modes = {}, {}, {}
  for _, member in ipairs(channel:members()) do
    here[#here + 1] = member.name
    if channel:is_operator(member) then operators[#operators + 1] = member.name end
  end
  for mode, value in pairs(channel.modes) do
    modes[#modes + 1] = value == true and mode or mode .. " " .. value
  end
  local lines = {text.title(channel.name), channel.topic}
  local function add(words, list)
    if #list > 0 then lines[#lines + 1] = words .. ": " .. table.concat(list, ", ") .. "." end
  end
  if #here == 0 then lines[#lines + 1] = "Nobody is on it." end
  add("On it", here)
  add("Keeping order", operators)
  add("Modes", modes)
  who:tell(text.lines(lines))
end
