--- Somebody: a player, or one who lives here.
inherit "thing"
use("moving", "sitting", "looking", "sensing", "handling", "trading", "talking", "gesturing")
property.name = "person"
property.pronouns = "they"
property.fixed = "People do not like to be carried about."

--- What others see of somebody: who it is, what they wear, and what they carry.
function self:look(who)
  local lines = {self:describe(who)}
  local worn, carried = self:worn_things(), self:carried_things()
  if #worn > 0 then
    lines[#lines + 1] = text("{they it} {it:wears} {a things}.", {it = self, things = worn})
  end
  if #carried > 0 and who ~= self then
    lines[#lines + 1] = text("{they it} {it:carries} {a things}.", {it = self, things = carried})
  end
  if self.seat then
    lines[#lines + 1] = text("{they it} {it:is} sitting {where}.",
      {it = self, where = self.seat:where()})
  end
  return text.lines(lines)
end

--- A plain description, if nobody wrote one.
function self:describe()
  local words = self.description
  if words ~= "" then return text(words) end
  return text("{it} {it:is} not dressed to be remembered.", {it = self})
end

--- What this person has on, as a list.
function self:worn_things()
  local worn = {}
  for _, thing in ipairs(self:contents "wearable") do
    if thing.is_worn then worn[#worn + 1] = thing end
  end
  return worn
end

--- What this person has and does not wear, as a list.
function self:carried_things()
  local carried = {}
  for _, thing in ipairs(self:contents()) do
    if not (isa(thing, "wearable") and thing.is_worn) then carried[#carried + 1] = thing end
  end
  return carried
end
