--- Trait: held shut by a latch that one key lifts.
property.is_latched = true
property.lifter = optional "thing"           --- The key; nil: nothing lifts it.
event "unlatched"                            --- (who) The latch was lifted.

function self:can_open()
  if self.is_latched then refuse("{it} {it:is} latched.", {it = self}) end
end

verb "unlatch this [with held]"
function self:unlatch(who, key)
  key = key or self.lifter
  if not key or key ~= self.lifter or key.location ~= who then refuse "Nothing lifts it." end
  self.is_latched = false
  self:announce("{who} {who:unlatches} {it} with {a key}.", {who = who, it = self, key = key})
  self:unlatched(who)
end
