--- The lamp that belongs to the tavern, and is lent to anybody who dares the cellar.
inherit "lamp"
use "returning"
singleton "brass_lamp"
property.name = "brass lamp"
property.description = "A dented lamp of brass, with a handle worn bright."
property.fuel = 240
property.home = object "tavern"
place "tavern"

--- Whoever has it in hand has learned to take things. Marta fills it when it comes back.
function self:moved(move)
  if move.how == "return" then
    self.lit, self.fuel = false, 240
    cancel(self, "minute_passed")
  end
  if move.how == "take" then object("first_steps"):learned(move.to, "take") end
end

--- Whoever lights it has learned that things have words of their own.
function self:light(who)
  super.light(self, who)
  object("first_steps"):learned(who, "light")
end
