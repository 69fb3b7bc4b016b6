--- A way between two rooms: one object, in both.
inherit "thing"
property.name = "way"
property.fixed = "It leads where it leads."
property.one_way = false                     --- It does not lead back.

--- Somebody walks through it. Code sends only whoever acts, or its own.
function self:pass(who)
  if who ~= actor() then who:check_sender(caller()) end
  local here = who.location
  local there = self:other(here)
  if not there then refuse("{the exit} {exit:does} not lead on from here.", {exit = self}) end
  if who.seat then who.seat:stand(who) end
  local way = self:direction(here)
  who:announce("{who} {who:leaves} {way}.", {who = who, way = way},
    {except = who, kind = "departure"})
  super.pass(self, who)
  who:announce("{who} {who:arrives} from {side}.", {who = who, side = self:seen_from(there)},
    {except = who, kind = "arrival"})
  if not isa(who, "player") then return end
  who:tell(who:setting "brief" and there:glance(who) or there:look(who))
  who:lead_through(self, here)
end

--- "the north", "above": where somebody comes from who arrives in that room through it.
function self:seen_from(room)
  local way = self:direction(room)
  local sides = {up = "above", down = "below", ["in"] = "inside", out = "outside"}
  return sides[way] or way and "the " .. way or "nowhere"
end
