--- Up into the loft.
inherit "exit"
singleton "mill_ladder"
property.name = "ladder"
property.names = {"loft"}
join("old_mill", "up", "mill_loft")
