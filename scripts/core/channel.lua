--- A channel: those who are on it hear one another wherever they are. Its file may add rules
--- (can_say, can_join ...) and listen (said, joined ...); the rest is here, whatever door is used.
inherit "thing"
use("moderated", "admitting", "banning", "remembering")
property.name = "channel"                    --- What it is called: join NAME.
property.topic = ""                          --- What is talked about; empty: anything.
property.needs_role = "player"               --- Who may be on it: player, builder or wizard.
property.founder = optional "player"         --- Who made it in the game.
private.roster = {}                          --- {person -> when they joined}
event "joined"                               --- (who) Somebody came to it.
event "left"                                 --- (who) Somebody is no longer on it.
event "said"                                 --- (who, words) Somebody said something.

local MAX_MEMBERS <const> = 2000
local MAX_WORDS <const> = 2000               -- Bytes.

--- Becomes known by its name.
function self:created()
  object("switchboard"):add(self)
end

--- Somebody comes to it, with a word where it has a key; refused if a rule or a mode is against it.
function self:join(who, key)
  who:check_sender(caller())
  if self.roster[who] then refuse("You are on {channel} already.", {channel = self.name}) end
  if #self:members() >= MAX_MEMBERS then refuse("{channel} is full.", {channel = self.name}) end
  self:can_join(who, key)
  self:tell_members(text("{#say [{channel}]} {name} joins.",
    {channel = self.name, name = who.name}))
  self.roster[who] = now()
  self.guests[who] = nil
  who:tell("You are on {#strong {channel}} now{topic}.", {channel = self.name,
    topic = self.topic == "" and "" or ": " .. self.topic})
  self:joined(who)
end

--- Somebody leaves it.
function self:leave(who)
  who:check_sender(caller())
  if not self.roster[who] then refuse("You are not on {channel}.", {channel = self.name}) end
  self:drop_member(who)
  who:tell("You have left {channel}.", {channel = self.name})
  self:tell_members(text("{#say [{channel}]} {name} leaves.",
    {channel = self.name, name = who.name}))
  self:left(who)
end

--- Somebody says something on it. A template is read by each from his own side, and what it names
--- is called what `who` calls it: nobody need stand near.
function self:say(who, words)
  who:check_sender(caller())
  local shown = words
  if type(words) == "text" then words = text.plain(words, nil, who) end
  if not self.roster[who] then
    refuse("You are not on {channel}. Say: join {channel}", {channel = self.name})
  end
  if #words > MAX_WORDS then refuse "That is too long." end
  if isa(who, "player") then who:check_voice() end
  self:can_say(who, words)
  self:tell_members(text("{#say [{channel}]} {name}: {#say {words}}",
    {channel = self.name, name = who.name, words = shown}), who)
  self:remember(who, words)
  self:said(who, words)
end

--- Only those of the role it needs, and nobody who is banned or not invited where that is needed.
function self:can_join(who)
  local role = self.needs_role
  if role ~= "player" and not (isa(who, "player") and who:has_role(role)) then
    refuse("{channel} is for {role}s.", {channel = self.name, role = role})
  end
end

--- Whether somebody is on it.
function self:has(who)
  return self.roster[who] ~= nil
end

--- Those who are on it, as a list.
function self:members()
  local list = {}
  for who in pairs(self.roster) do list[#list + 1] = who end
  return list
end

--- Whether it is shown in lists to this person.
function self:shown_to(who)
  if self.roster[who] then return true end
  if self.modes.secret then return self:is_operator(who) end
  return self.needs_role == "player" or who:has_role(self.needs_role)
end

--- Tells a line to all who are on it and are here, but those who ignore `speaker`, if one said it,
--- or `doer`, whose deed it tells of.
function private:tell_members(line, speaker, doer)
  local from = speaker or doer
  for member in pairs(self.roster) do
    local is_player = isa(member, "player")
    if not is_player then
      member:tell(line)
    elseif member.connected and not (from and member:ignores(from)) then
      if speaker then
        member:tell_line(line, self, speaker)
      else
        member:tell(line)
      end
    end
  end
end

--- Takes somebody off it.
function private:drop_member(who)
  self.roster[who] = nil
  self.voices[who] = nil
end
