--- Trait: something to eat or to drink.
property.liquid = false                      --- One drinks it.
property.portions = 1                        --- How often one can help oneself.
property.vessel = false                      --- Something stays behind when all is gone: a mug.
event "eaten"                                --- (who) Somebody ate of it.
event "drunk"                                --- (who) Somebody drank of it.

--- Eats it, or a part of it.
verb "eat|taste this"
function self:eat(who)
  self:check_eater(who, caller())
  if self.liquid then refuse("One drinks {the it}.", {it = self}) end
  self:need_at_hand(who)
  self:need_portion()
  self:can_eat(who)
  self:announce("{who} {who:eats} {what}.", {who = who, what = self:helping()})
  self:eaten(who)
  self:use_up()
end

--- Drinks it, or a part of it.
verb "drink [from] this"
verb "sip [from|at] this"
function self:drink(who)
  self:check_eater(who, caller())
  if not self.liquid then refuse("One eats {the it}.", {it = self}) end
  self:need_at_hand(who)
  self:need_portion()
  self:can_drink(who)
  self:announce("{who} {who:drinks} {what}.", {who = who, what = self:helping()})
  self:drunk(who)
  self:use_up()
end

--- Whether somebody may eat of it.
function self:can_eat() end

--- Whether somebody may drink of it.
function self:can_drink() end

--- What one has of it at a time, as a text.
function self:helping()
  if self.vessel then return text("from {the it}", {it = self}) end
  if self.portions > 1 then return text("some of {the it}", {it = self}) end
  return text("{the it}", {it = self})
end

--- Its description, and whether a vessel is empty.
function self:describe(who)
  local words = super.describe(self, who)
  if not self.vessel or self.portions > 0 then return words end
  return words .. " " .. text("{they it} {it:is} empty.", {it = self})
end

--- Refuses if nothing is left.
function self:need_portion()
  if self.portions < 1 then refuse("{the it} {it:is} empty.", {it = self}) end
end

--- An error, if code of `sender` may not feed it to somebody: what one holds is one's own.
function private:check_eater(who, sender)
  if sender and sender ~= self.owner and self:inside(who) then who:check_sender(sender) end
  who:check_deed(sender)
end

--- One portion less; the last one leaves the vessel, if there is one, and else nothing.
function private:use_up()
  self.portions = self.portions - 1
  if self.portions < 1 and not self.vessel then destroy(self) end
end
