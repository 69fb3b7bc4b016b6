--- Somebody: a player, or one who lives here.
inherit "thing"
use("moving", "looking", "handling", "talking")
property.name = "person"
property.pronouns = "they"
property.fixed = "People do not like to be carried about."

--- What others see of somebody: who it is, and what they carry.
function self:look(who)
  local held = self:contents()
  if #held == 0 or who == self then return self:describe(who) end
  return text.lines{
    self:describe(who),
    text("{they it} {it:carries} {a things}.", {it = self, things = held})
  }
end

--- A plain description, if nobody wrote one.
function self:describe()
  local words = self.description
  if words ~= "" then return text(words) end
  return text("{it} {it:is} not dressed to be remembered.", {it = self})
end
