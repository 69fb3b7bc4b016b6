--- Trait: something one puts on. What is worn comes off before it is dropped or given away.
property.is_worn = false                     --- Whoever holds it has it on.
property.worn_on = optional "text"           --- "head", "feet": there is room for one thing there.
event "worn"                                 --- (who) It was put on.
event "taken_off"                            --- (who) It was taken off.

--- Puts it on.
verb "wear|don this"
verb "put on this"
verb "put this on"
function self:wear(who)
  who:check_deed(caller())
  if self.location ~= who then refuse("You do not have {the it}.", {it = self}) end
  if self.is_worn then refuse("You have {the it} on already.", {it = self}) end
  local other = self:in_its_place(who)
  if other then refuse("Take off {the other} first.", {other = other}) end
  self:can_wear(who)
  self.is_worn = true
  self:announce("{who} {who:puts} on {the it}.", {who = who, it = self})
  self:worn(who)
end

--- Takes it off.
verb "remove|doff this"
verb "take off this"
verb "take this off"
function self:take_off(who)
  who:check_deed(caller())
  if self.location ~= who or not self.is_worn then
    refuse("You do not have {the it} on.", {it = self})
  end
  self:can_take_off(who)
  self.is_worn = false
  self:announce("{who} {who:takes} off {the it}.", {who = who, it = self})
  self:taken_off(who)
end

--- What `who` wears where this would go; nil: nothing.
function self:in_its_place(who)
  if not self.worn_on then return nil end
  for _, other in ipairs(who:worn_things()) do
    if other.worn_on == self.worn_on then return other end
  end
end

--- Whether somebody may put it on.
function self:can_wear() end

--- Whether somebody may take it off.
function self:can_take_off() end

--- What does not come off goes nowhere without its wearer.
function self:can_move()
  if self.is_worn then self:can_take_off(self.location) end
end

--- However it left whoever wore it, it is worn no more.
function self:moved()
  if self.is_worn then self.is_worn = false end
end
