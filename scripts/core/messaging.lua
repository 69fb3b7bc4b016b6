--- Trait of players: speaking to one another over any distance, and being away.
property.away = optional "text"              --- Why they do not answer now; nil: they do.
transient.told_by = optional "object"        --- Whom `reply` answers.

--- Speaks to one player alone, wherever they are: tell bob hello.
verb("tell player text", {reach = "anywhere"})
function self:speak_to(who, whom, words)
  who:check_deed(caller())
  whom:message(who, words)
end

--- Answers whoever spoke to you last: reply on my way.
verb "reply|answer text"
function self:reply(who, words)
  who:check_deed(caller())
  if not who.told_by then refuse "Nobody has told you anything yet." end
  who.told_by:message(who, words)
end

--- Says that you are away from the keyboard, and why; once more: that you are back.
verb "afk|away [text]"
function self:go_away(who, why)
  who:check_deed(caller())
  if who.away and not why then
    who.away = nil
    who:announce("{who} {who:is} back.", {who = who})
    return
  end
  who.away = why or "away"
  who:announce("{who} {who:is} away for a while.", {who = who})
end

--- Somebody speaks to this player alone, from anywhere.
function self:message(who, words)
  who:check_deed(caller())
  if who == self then refuse "You mutter to yourself." end
  if isa(who, "person") then who:use_breath() end
  if not self.connected then refuse("{name} is not here now.", {name = self.name}) end
  self.told_by = who
  self:tell("{#say {name} tells you, \"{words}\"}", {name = who.name, words = words})
  who:tell("{#say You tell {name}, \"{words}\"}", {name = self.name, words = words})
  if self.away then
    who:tell("{name} is away: {why}.", {name = self.name, why = self.away})
  end
end
