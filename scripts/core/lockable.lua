--- Trait: something that a key locks. Use it together with "openable".
property.is_locked = false                   --- Whether it is locked now.
property.key = optional "thing"              --- What locks and unlocks it; nil: nothing does.
event "locked"                               --- (who) It was locked.
event "unlocked"                             --- (who) It was unlocked.

--- A locked thing does not open.
function self:can_open()
  if self.is_locked then refuse("{it} {it:is} locked.", {it = self}) end
end

--- Unlocks it with its key.
verb "unlock this [with held]"
function self:unlock(who, key)
  who:check_deed(caller())
  if not self.is_locked then refuse("{it} {it:is} not locked.", {it = self}) end
  self:can_unlock(who)
  self:need_key(who, key)
  self.is_locked = false
  self:announce("{who} {who:unlocks} {it} with {a key}.", {who = who, it = self, key = self.key})
  self:unlocked(who)
end

--- Locks it with its key.
verb "lock this [with held]"
function self:lock(who, key)
  who:check_deed(caller())
  if self.is_locked then refuse("{it} {it:is} locked already.", {it = self}) end
  if self.is_open then refuse("Shut {it} first.", {it = self}) end
  self:can_lock(who)
  self:need_key(who, key)
  self.is_locked = true
  self:announce("{who} {who:locks} {it} with {a key}.", {who = who, it = self, key = self.key})
  self:locked(who)
end

--- Whether somebody may lock it, key or not.
function self:can_lock() end

--- Whether somebody may unlock it, key or not.
function self:can_unlock() end

--- Refuses unless `who` has the right key, and means that one.
function self:need_key(who, key)
  local right = self.key
  key = key or right
  if not right or key ~= right or right.location ~= who then refuse "You lack the right key." end
end
