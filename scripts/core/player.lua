--- A player's character.
inherit "person"
use("advising", "messaging", "presence", "paying", "choosing", "ignoring", "chatting", "chairing",
  "following", "grouping", "reporting", "measuring",
  "moderating", "guarding", "building", "creating",
  "describing", "showing", "digging", "programming", "reverting", "exchanging", "tracing",
  "undoing", "founding")
property.name = "newcomer"
property.proper = true

--- Hook, may not change anything: a map of what clients show beside the text, like {health = 10}.
function self:vitals()
  return {}
end

--- A session begins: the others see it, and the player looks around.
function private:connected_to_world()
  self:announce("{who} {who:wakes} up.", {who = self}, {except = self, kind = "arrival"})
  self:tell("Welcome, {name}. {!help|Help} tells you what you can do.", {name = self.name})
end

--- The first session of this character has begun, or a further one: {service, since, idle, width,
--- colours, screen_reader}.
function self:connected()
  if self.lost_since > 0 then
    self.lost_since = 0
    self:announce("{who} {who:is} attentive again.", {who = self}, {except = self})
    self:tell("Welcome back, {name}.", {name = self.name})
  elseif #self:sessions() == 1 then
    self:connected_to_world()
  end
  local here = self.location
  if here then self:tell(here:look(self)) end
end

--- The connection dropped: for a while the character stays where it is.
function self:link_lost()
  self.lost_since = now()
  self:announce("{who} {who:stares} into space.", {who = self}, {except = self})
end

--- The last session has ended, for a reason: "quit", or what became of the connection.
function self:disconnected()
  self.lost_since = 0
  self:stop_following()
  for _, follower in ipairs(self:follower_list()) do follower:stop_following() end
  self:announce("{who} {who:falls} asleep and {who:is} carried off to bed.", {who = self},
    {except = self, kind = "departure"})
end
