--- A way between two rooms: one object, in both.
inherit "thing"
property.name = "way"
property.fixed = "It leads where it leads."

--- Somebody walks through it.
function self:pass(who)
  local here = who.location
  local there = self:other(here)
  local way = self:direction(here)
  who:announce("{who} {who:leaves} {way}.", {who = who, way = way},
    {except = who, kind = "departure"})
  who:move_to(there, {how = "walk", via = self})
  who:announce("{who} {who:arrives} from {side}.", {who = who, side = self:seen_from(there)},
    {except = who, kind = "arrival"})
  who:tell(there:look(who))
end

--- "the north", "above": where somebody comes from who arrives in that room through it.
function self:seen_from(room)
  local way = self:direction(room)
  local sides = {up = "above", down = "below", ["in"] = "inside", out = "outside"}
  return sides[way] or "the " .. way
end
