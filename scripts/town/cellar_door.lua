--- The door behind the counter, between the tavern and its cellar.
inherit "exit"
use "openable"
singleton "cellar_door"
property.name = "cellar door"
property.names = {"hatch"}
join("tavern", "down", "cellar")
