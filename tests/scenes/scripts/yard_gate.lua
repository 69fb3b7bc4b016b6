--- The gate to the yard: shut and locked at night, and not for those without a coin.
singleton "yard_gate"
inherit "exit"
use("openable", "lockable")
property.name = "yard gate"
property.key = object "iron_pin"
join("hall", "north", "yard")
daily "22:15"
function self:lock_up()
  self.is_open, self.is_locked = false, true
  self:announce("{it} falls shut for the night.", {it = self})
end
function self:can_pass(who, move)
  if move.to == object "yard" and who.coins < 1 then refuse "The toll is a coin." end
end
