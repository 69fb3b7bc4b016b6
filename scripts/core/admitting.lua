--- Trait of channels: who may come. Its modes: `invite_only`, `limit` (so many at most), `key`
--- (a word one must know). Operators come in anyway, those who were invited without the word.
private.guests = {}                          --- {person -> true}: who was asked to come.
private.password = ""                        --- What `key` asks for.
event "invited"                              --- (who, whom) Somebody was asked to come.

local MAX_LIMIT <const> = 2000
local MAX_KEY <const> = 30                   -- Bytes.

--- Nobody who was not invited where that is needed, does not know the word, or is one too many.
function self:can_join(who, key)
  if self:is_operator(who) then return end
  local args = {channel = self.name}
  if self.modes.invite_only and not self.guests[who] then
    refuse("One comes to {channel} by invitation only.", args)
  end
  if self.modes.key and not self.guests[who] and key ~= self.password then
    refuse(key and "That is not the key of {channel}."
      or "{channel} has a key. If you know it, say: join {channel} KEY", args)
  end
  local limit = self.modes.limit
  if limit and #self:members() >= limit then
    refuse("There are {n} on {channel} already, and no more may come.",
      {n = limit, channel = self.name})
  end
end

--- All who are on it ask others to come; where that is needed, only operators.
function self:can_invite(who)
  if self.modes.invite_only then self:check_operator(who) end
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

--- Lets at most so many be on it; false: as many as like.
function private:set_limit(n)
  if n and (math.type(n) ~= "integer" or n < 1 or n > MAX_LIMIT) then
    refuse("A limit is a number from 1 to {most}: mode {channel} limit 30",
      {most = MAX_LIMIT, channel = self.name})
  end
  self.modes.limit = n or nil
end

--- Asks those who come for a word; false: for none.
function private:set_key(word)
  local fits = type(word) == "string" and #word <= MAX_KEY and not word:find "[%s,]"
  if word and (not fits or word == "") then
    refuse("A key is one word of at most {most} letters: mode {channel} key sesame",
      {most = MAX_KEY, channel = self.name})
  end
  self.password = word or ""
  self.modes.key = word and true or nil
end
