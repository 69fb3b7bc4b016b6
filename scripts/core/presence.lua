--- Trait of players: who is here, what they call themselves, and being away.
property.title = ""                          --- Stands behind the name in lists.
property.away = optional "text"              --- Why they do not answer now; nil: they do.
transient.lost_since = 0                     --- When the connection dropped; 0: it stands.

local MOST_LETTERS <const> = 60              -- Of what stands in lists.
-- What in lists stands between people, and around what is known of them; also as CJK has them.
local MARKS <const> = ", ; ( ) [ ] （ ） ［ ］ ， ； 、 ﹙ ﹚ ﹐ ﹔ ⁽ ⁾ ₍ ₎"
local IDLE_AFTER <const> = 300               -- Seconds of silence that are worth a word.

-- Refuses words for a list that are too long, or could pass for what others are or do.
local function check_listed(words, what)
  if (utf8.len(words) or #words) > MOST_LETTERS then
    refuse("{what} has at most {n} letters.", {what = what, n = MOST_LETTERS})
  end
  for mark in MARKS:gmatch "%S+" do
    if words:find(mark, 1, true) then
      refuse("{what} has no commas, semicolons or brackets: it stands in lists.", {what = what})
    end
  end
end

-- Words from before there were such rules, as they may stand in a list.
local function listed(words)
  for mark in MARKS:gmatch "%S+" do words = words:gsub((mark:gsub("^%p", "%%%0")), " ") end
  local cut = utf8.offset(words, MOST_LETTERS + 1)
  return cut and words:sub(1, cut - 1) or words
end

--- Lists who is in the world now, one on each line.
verb "who"
verb "who is here|on|online|around|about"
function self:list_players(who)
  local lines = {""}
  for _, player in ipairs(world:players(who)) do lines[#lines + 1] = player:listed_name() end
  lines[1] = text("{#strong {n} here:}", {n = #lines - 1})
  who:tell(text.lines(lines))
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
    notes[#notes + 1] = self.away == "away" and "away" or "away: " .. listed(self.away)
  end
  local name = self.title == "" and self.name or self.name .. " " .. listed(self.title)
  return #notes > 0 and name .. " (" .. table.concat(notes, "; ") .. ")" or name
end

--- Sets what stands behind your name in lists: title the Brave. Title alone takes it away.
verb "title [text]"
function self:set_title(who, words)
  who:check_sender(caller())
  if words then
    who:check_voice()
    check_listed(words, "A title")
  end
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
  if why then
    who:check_voice()
    check_listed(why, "What one says of being away")
  end
  who.away = why or "away"
  who:announce("{who} {who:is} away for a while.", {who = who})
end
