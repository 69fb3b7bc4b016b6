--- A channel with a pause between lines, and a day's rest for whoever curses twice.
singleton "parley_channel"
inherit "channel"
property.name = "parley"
property.topic = "Terms"
property.pause = 5
private.last_said = {}                       --- {player -> when}
private.curses = {}                          --- {player -> count}
event "warned"

function self:can_say(who)
  if self:is_operator(who) then return end
  if now() - (self.last_said[who] or 0) < self.pause then refuse "One breath, please." end
end

function self:said(who, words)
  self.last_said[who] = now()
  if not words:find "blast" or self:is_operator(who) then return end
  self.curses[who] = (self.curses[who] or 0) + 1
  if self.curses[who] < 2 then return who:tell "Mind your tongue." end
  self.curses[who] = nil
  self:ban(who, {seconds = 86400, reason = "cursing"})
end

function self:joined(who)
  who:tell("Here one parleys. {!chat parley peace|Peace}.")
end
