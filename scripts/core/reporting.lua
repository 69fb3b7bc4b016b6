--- Trait of players: reporting what should not happen, and being silenced.
private.muted_until = 0                      --- Seconds since 1970; -1: until unmuted.
private.muted_why = ""                       --- Why.

local LINES <const> = 20
local MAX_WORDS <const> = 1000

--- Tells the wizards of somebody or something, with the last lines that you read: report bob he
--- swears at me, report the mill door is stuck.
verb("report player text", {reach = "anywhere", priority = 1})
verb "report text"
function self:report(who, whom, words)
  who:check_sender(caller())
  local about = type(whom) == "object" and whom or nil
  local text_of = about and words or whom
  if type(text_of) ~= "string" then text_of = "" end
  if #text_of > MAX_WORDS then refuse "Please say it in fewer words." end
  local id = object("moderation"):file(who, about, text_of, who:last_lines(LINES))
  who:tell("Thank you: report {id}. The wizards read it with the last lines that you read.",
    {id = id})
end

--- Refuses if this player is silenced.
function self:check_voice()
  local ends = self.muted_until
  if ends == 0 or ends > 0 and ends <= now() then return end
  local why = self.muted_why == "" and "." or ": " .. self.muted_why .. "."
  if ends < 0 then refuse("You are silenced{why}", {why = why}) end
  refuse("You are silenced for {span}{why}", {span = time.span(ends - now()), why = why})
end

--- Silences this player for so many seconds (-1: until unmuted, 0: no longer).
function self:silence(seconds, why)
  if caller() then error "only wizards silence players" end
  self.muted_until = seconds > 0 and now() + seconds or seconds
  self.muted_why = why or ""
end

--- Whether this player is silenced.
function self:is_silenced()
  return self.muted_until < 0 or self.muted_until > now()
end
