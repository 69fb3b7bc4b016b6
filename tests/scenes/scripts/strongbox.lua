--- A box whose latch bites now and then.
singleton "strongbox"
inherit "container"
use("openable", "latchable")
property.name = "strongbox"
property.fixed = "It has grown into the wall."
property.lifter = object "iron_pin"
property.bites = 0
place "hall"
function self:unlatched(who)
  if not chance(1 / 2) then return end
  self.bites = self.bites + 1
  who:tell("{#warn The latch bites {who's} finger.}", {who = who})
end
