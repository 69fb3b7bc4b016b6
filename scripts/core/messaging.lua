--- Trait of players: speaking to one another over any distance.
private.told_by = optional "object"          --- Whom `reply` answers.

--- Speaks to one player alone, wherever they are: tell bob hello.
verb("tell|page|t player text", {reach = "anywhere"})
function self:speak_to(who, whom, words)
  who:check_deed(caller())
  whom:message(who, words)
end

--- Answers whoever spoke to you last: reply on my way.
verb "reply|answer|r text"
function self:reply(who, words)
  who:check_deed(caller())
  if not who.told_by then refuse "Nobody has told you anything yet." end
  who.told_by:message(who, words)
end

--- Somebody speaks to this player alone, from anywhere.
function self:message(who, words)
  who:check_deed(caller())
  if who == self then refuse "You mutter to yourself." end
  if isa(who, "person") then who:use_breath() end
  if isa(who, "player") then who:check_voice() end
  self:can_message(who, words)
  self.told_by = who
  self:tell("{#say {name} tells you, \"{words}\"}", {name = who.name, words = words})
  who:tell("{#say You tell {name}, \"{words}\"}", {name = self.name, words = words})
  if self.away then
    who:tell("{name} is away: {why}.", {name = self.name, why = self.away})
  elseif self.lost_since > 0 then
    who:tell("{name} has lost the connection, and reads it on coming back.", {name = self.name})
  end
end

--- Only who is here, hears this one, and wants to be told.
function self:can_message(who)
  if not self.connected then
    refuse("{name} is not here now, and was last seen {ago}.",
      {name = self.name, ago = self:last_seen()})
  end
  if self:ignores(who) then refuse("{name} does not want to hear from you.", {name = self.name}) end
  if not self:setting "tells" then
    refuse("{name} does not want to be told anything now.", {name = self.name})
  end
end

--- "two hours ago"
function self:last_seen()
  local seen = self.account and self.account.last_seen
  return seen and time.ago(seen) or "long ago"
end
