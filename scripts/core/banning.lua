--- Trait of channels: keeping people off it for a while or for ever.
private.bans = {}                            --- List of {who or mask, ends, reason}.

local MAX_BANS <const> = 200

-- "al*" as a pattern of the string library.
local function pattern_of(mask)
  local escaped = mask:lower():gsub("[%^%$%(%)%%%.%[%]%+%-]", "%%%0")
  return "^" .. escaped:gsub("%*", ".*"):gsub("%?", ".") .. "$"
end

local function fits(ban, who)
  if ban.ends and ban.ends <= now() then return false end
  if ban.who then return ban.who == who end
  return ban.mask ~= nil and who.name:lower():find(pattern_of(ban.mask)) ~= nil
end

--- Keeps somebody, or all whose names fit a mask ("al*"), off it; `how` may hold `seconds` and
--- `reason`. For its own code, its owner's and operators'.
function self:ban(who, how)
  self:check_keeper(caller())
  self:forget_bans(who)
  if #self.bans >= MAX_BANS then refuse("{channel} has too many bans.", {channel = self.name}) end
  how = how or {}
  local ban = {reason = how.reason, ends = how.seconds and now() + how.seconds}
  if type(who) == "object" then ban.who = who else ban.mask = who end
  table.insert(self.bans, ban)
  for member in pairs(self.roster) do
    if fits(ban, member) then self:put_off(member, nil, self:reason_of(ban)) end
  end
end

--- Lets somebody, or those of a mask, come again; says whether there was such a ban.
function self:unban(who)
  self:check_keeper(caller())
  return self:forget_bans(who)
end

--- Makes somebody an operator.
function self:promote(who)
  self:check_keeper(caller())
  self.operators[who] = true
end

--- Somebody is no operator any more.
function self:demote(who)
  self:check_keeper(caller())
  self.operators[who] = nil
end

--- Nobody who is banned.
function self:can_join(who)
  self:check_ban(who)
end

--- Nobody who is banned.
function self:can_say(who)
  self:check_ban(who)
end

--- The bans that hold now, for operators: a list of texts.
function self:list_bans()
  local list = {}
  for _, ban in ipairs(self.bans) do
    if not ban.ends or ban.ends > now() then
      list[#list + 1] = text("{whom}: {why}",
        {whom = ban.who and ban.who.name or ban.mask or "somebody", why = self:reason_of(ban)})
    end
  end
  return list
end

--- Refuses if this person is banned, and says until when and why.
function private:check_ban(who)
  for _, ban in ipairs(self.bans) do
    if fits(ban, who) then
      refuse("You are banned from {channel}: {why}.",
        {channel = self.name, why = self:reason_of(ban)})
    end
  end
end

--- "shouting, for 23 hours"
function private:reason_of(ban)
  local why = ban.reason or "no reason was given"
  if not ban.ends then return why end
  return why .. ", for " .. time.span(math.max(ban.ends - now(), 1))
end

--- Drops the bans of somebody, and those that are over; whether there was one.
function private:forget_bans(who)
  local bans, found = self.bans, false
  for i = #bans, 1, -1 do
    local ban = bans[i]
    local is_his = ban.who == who or ban.mask == who
    found = found or is_his
    if is_his or ban.ends and ban.ends <= now() then table.remove(bans, i) end
  end
  return found
end

--- Takes somebody off it and tells him and the others.
function private:put_off(whom, by, why)
  self:drop_member(whom)
  local args = {channel = self.name, name = whom.name, by = by or "the channel",
    why = why and why ~= "" and " (" .. why .. ")" or ""}
  whom:tell("{#warn You were put off {channel} by {by}{why}.}", args)
  self:tell_members(text("{#say [{channel}]} {name} was put off by {by}{why}.", args))
end

--- An error if code of `sender` may not keep order here. The library's own has no sender.
function private:check_keeper(sender)
  if not sender or self:is_operator(sender) then return end
  error("only operators keep order on " .. self.name)
end

--- Refuses unless this person is an operator.
function private:check_operator(who)
  if not self:is_operator(who) then
    refuse("You keep no order on {channel}.", {channel = self.name})
  end
end
