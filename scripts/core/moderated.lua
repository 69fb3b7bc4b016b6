--- Trait of channels: operators, modes and topic. Its modes: `moderated` (only operators and those
--- with a voice speak), `secret` (not listed), `open_topic` (anybody sets it), and those of
--- `admitting`.
property.modes = {}                          --- {mode -> true, or how many for `limit`}
private.operators = {}                       --- {person -> true}
private.voices = {}                          --- {person -> true}
event "topic_set"                            --- (who, words) The topic has changed.
event "kicked"                               --- (who, whom, why) Somebody was put off it.
event "mode_set"                             --- (who, mode, value) A mode has changed.

local FLAGS <const> = "moderated, invite_only, secret, open_topic"

--- Whether somebody keeps order on it: an operator, its owner, a wizard.
function self:is_operator(who)
  return self.operators[who] == true or self.owner == who
    or isa(who, "player") and who:has_role "wizard"
end

--- Whether somebody may speak where it is moderated.
function self:has_voice(who)
  return self.voices[who] == true or self:is_operator(who)
end

--- Where it is moderated, only those with a voice.
function self:can_say(who)
  if self.modes.moderated and not self:has_voice(who) then
    refuse("{channel} is moderated: you have no voice there.", {channel = self.name})
  end
end

--- Operators set the topic, where it is open all who are on it.
function self:can_set_topic(who)
  if not (self.modes.open_topic and self:has(who)) then self:check_operator(who) end
end

--- Operators put people off.
function self:can_kick(who)
  self:check_operator(who)
end

--- Operators set modes.
function self:can_set_mode(who)
  self:check_operator(who)
end

--- Says what is talked about.
function self:set_topic(who, words)
  who:check_sender(caller())
  if isa(who, "player") then who:check_voice() end
  if #words > 300 then refuse "That is too long for a topic." end
  self:can_set_topic(who, words)
  self.topic = words
  self:tell_members(text("{#say [{channel}]} {name} sets the topic: {words}",
    {channel = self.name, name = who.name, words = words}), nil, who)
  self:topic_set(who, words)
end

--- Puts somebody off it.
function self:kick(who, whom, why)
  who:check_sender(caller())
  if not self:has(whom) then
    refuse("{name} is not on {channel}.", {name = whom.name, channel = self.name})
  end
  if why and isa(who, "player") then who:check_voice() end
  self:can_kick(who, whom, why)
  self:put_off(whom, who.name, why)
  self:kicked(who, whom, why)
end

-- Makes somebody who is on it an operator, gives a voice, or takes that away.
local function set_for(channel, map, whom, given)
  if type(whom) ~= "object" or not channel:has(whom) then
    refuse("That is for somebody who is on {channel}.", {channel = channel.name})
  end
  map[whom] = given
end

-- What all who are on it read of the new value; the key is for operators to tell.
local function shown(mode, value)
  if type(value) == "object" then return " for " .. value.name end
  if not value then return " off" end
  return mode == "limit" and " " .. value or ""
end

--- Sets a mode: a flag to true or false; `limit` to a number or false, `key` to a word or false;
--- `operator` and `voice` for a person, `no_operator` and `no_voice` against one.
function self:set_mode(who, mode, value)
  who:check_sender(caller())
  self:can_set_mode(who, mode, value)
  local people = {operator = self.operators, voice = self.voices}
  local taken = people[mode:match "^no_(.+)$" or ""]
  if people[mode] or taken then
    set_for(self, people[mode] or taken, value, people[mode] and true or nil)
  elseif mode == "limit" then
    self:set_limit(value)
  elseif mode == "key" then
    self:set_key(value)
  elseif (", " .. FLAGS .. ","):find(", " .. mode .. ",", 1, true) then
    self.modes[mode] = value and true or nil
  else
    refuse("There is no mode {mode}: {modes}, limit, key, operator, voice, no_operator, no_voice.",
      {mode = mode, modes = FLAGS})
  end
  self:tell_members(text("{#say [{channel}]} {name} sets {mode}{value}.", {channel = self.name,
    name = who.name, mode = mode, value = shown(mode, value)}))
  self:mode_set(who, mode, value)
end
