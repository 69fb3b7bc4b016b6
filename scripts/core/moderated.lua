--- Trait of channels: operators, modes, bans and topic. Its modes: `moderated` (only operators and
--- those with a voice speak), `invite_only`, `secret` (not listed), `open_topic` (anybody sets it).
property.modes = {}                          --- {mode -> true}
private.operators = {}                       --- {person -> true}
private.voices = {}                          --- {person -> true}
private.guests = {}                          --- {person -> true}: who was asked to come.
event "topic_set"                            --- (who, words) The topic has changed.
event "kicked"                               --- (who, whom, why) Somebody was put off it.
event "invited"                              --- (who, whom) Somebody was asked to come.
event "mode_set"                             --- (who, mode, value) A mode has changed.

local FLAGS <const> = "moderated, invite_only, secret, open_topic"

--- Whether somebody keeps order on it: an operator, its owner, a wizard.
function self:is_operator(who)
  return self.operators[who] == true or self.owner == who
    or isa(who, "player") and who:has_role "wizard"
end

--- Nobody who was not invited where that is needed.
function self:can_join(who)
  if self.modes.invite_only and not self.guests[who] and not self:is_operator(who) then
    refuse("One comes to {channel} by invitation only.", {channel = self.name})
  end
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

--- All who are on it ask others to come; where that is needed, only operators.
function self:can_invite(who)
  if self.modes.invite_only then self:check_operator(who) end
end

--- Operators set modes.
function self:can_set_mode(who)
  self:check_operator(who)
end

--- Says what is talked about.
function self:set_topic(who, words)
  who:check_sender(caller())
  if #words > 300 then refuse "That is too long for a topic." end
  self:can_set_topic(who, words)
  self.topic = words
  self:tell_members(text("{#say [{channel}]} {name} sets the topic: {words}",
    {channel = self.name, name = who.name, words = words}))
  self:topic_set(who, words)
end

--- Puts somebody off it.
function self:kick(who, whom, why)
  who:check_sender(caller())
  if not self:has(whom) then
    refuse("{name} is not on {channel}.", {name = whom.name, channel = self.name})
  end
  self:can_kick(who, whom, why)
  self:put_off(whom, who.name, why)
  self:kicked(who, whom, why)
end

--- Asks somebody to come to it.
function self:invite(who, whom)
  who:check_sender(caller())
  if not self:has(who) then refuse("You are not on {channel}.", {channel = self.name}) end
  if self:has(whom) then refuse("{name} is on it already.", {name = whom.name}) end
  self:can_invite(who, whom)
  self.guests[whom] = true
  if not (isa(whom, "player") and whom:ignores(who)) then
    whom:tell("{name} invites you to {channel}. Say: join {channel}",
      {name = who.name, channel = self.name})
  end
  who:tell("You have invited {name}.", {name = whom.name})
  self:invited(who, whom)
end

--- Sets a mode: a flag to true or false; `operator` and `voice` for a person, `no_operator` and
--- `no_voice` against one.
function self:set_mode(who, mode, value)
  who:check_sender(caller())
  self:can_set_mode(who, mode, value)
  local people = {operator = self.operators, voice = self.voices}
  local given = people[mode]
  local taken = people[mode:match "^no_(.+)$" or ""]
  if given or taken then
    if type(value) ~= "object" or not self:has(value) then
      refuse("That is for somebody who is on {channel}.", {channel = self.name})
    end
    local map = given or taken
    map[value] = given and true or nil
  elseif (", " .. FLAGS .. ","):find(", " .. mode .. ",", 1, true) then
    self.modes[mode] = value and true or nil
  else
    refuse("There is no mode {mode}: {modes}, operator, voice, no_operator, no_voice.",
      {mode = mode, modes = FLAGS})
  end
  self:tell_members(text("{#say [{channel}]} {name} sets {mode}{value}.", {channel = self.name,
    name = who.name, mode = mode, value = type(value) == "object" and " for " .. value.name
      or value and "" or " off"}))
  self:mode_set(who, mode, value)
end
