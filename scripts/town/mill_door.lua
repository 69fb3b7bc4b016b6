--- A door that shuts by itself, sooner or later.
inherit "exit"
use "openable"
singleton "mill_door"
property.name = "mill door"
property.names = {"mill"}
join("meadow", "north", "old_mill")
