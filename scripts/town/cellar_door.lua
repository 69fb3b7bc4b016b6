--- The door behind the counter, between the tavern and its cellar.
inherit "exit"
use "openable"
singleton "cellar_door"
property.name = "cellar door"
property.names = {"hatch"}
join("tavern", "down", "cellar")

--- Whoever opens it has learned that, too.
function self:opened(who)
  object("first_steps"):learned(who, "open")
end
