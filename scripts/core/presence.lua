--- Trait of players: who is here, what they call themselves, and being away.
property.title = ""                          --- Stands behind the name in lists.
property.away = optional "text"              --- Why they do not answer now; nil: they do.
transient.lost_since = 0                     --- When the connection dropped; 0: it stands.

local MAX_TITLE <const> = 60
local IDLE_AFTER <const> = 300               -- Seconds of silence that are worth a word.

--- Lists who is in the world now.
verb "who"
function self:list_players(who)
  local names = {}
  for _, player in ipairs(world:players(who)) do names[#names + 1] = player:listed_name() end
  who:tell("{n} here: {names}.", {n = #names, names = table.concat(names, ", ")})
end

--- "Alice the Brave (away: lunch)"
function self:listed_name()
  local notes = {}
  if self.lost_since > 0 then
    notes[1] = "link lost"
  elseif self.idle >= IDLE_AFTER then
    notes[1] = "idle " .. time.span(self.idle)
  end
  if self.away then
    notes[#notes + 1] = self.away == "away" and "away" or "away: " .. self.away
  end
  local name = self.title == "" and self.name or self.name .. " " .. self.title
  return #notes > 0 and name .. " (" .. table.concat(notes, "; ") .. ")" or name
end

--- Sets what stands behind your name in lists: title the Brave. Title alone takes it away.
verb "title [text]"
function self:set_title(who, words)
  who:check_sender(caller())
  if words and #words > MAX_TITLE then refuse "That is too long for a title." end
  who.title = words or ""
  who:tell("You are listed as {name}.", {name = who:listed_name()})
end

--- Says that you are away from the keyboard, and why; once more: that you are back.
verb "afk|away [text]"
function self:go_away(who, why)
  who:check_sender(caller())
  if who.away and not why then
    who.away = nil
    who:announce("{who} {who:is} back.", {who = who})
    return
  end
  who.away = why or "away"
  who:announce("{who} {who:is} away for a while.", {who = who})
end
