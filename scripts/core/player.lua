--- A player's character.
inherit "person"
use("advising", "messaging", "paying")
property.name = "newcomer"
property.proper = true

--- A session begins: the others see it, and the player looks around.
function private:connected_to_world()
  self:announce("{who} {who:wakes} up.", {who = self}, {except = self, kind = "arrival"})
  self:tell("Welcome, {name}. {!help|Help} tells you what you can do.", {name = self.name})
end

--- The first session of this character has begun, or a further one.
function self:connected()
  if #self:sessions() == 1 then self:connected_to_world() end
  local here = self.location
  if here then self:tell(here:look(self)) end
end

--- The last session has ended.
function self:disconnected()
  self:announce("{who} {who:falls} asleep and {who:is} carried off to bed.", {who = self},
    {except = self, kind = "departure"})
end
