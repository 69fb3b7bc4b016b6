--- Ninety-one steps.
inherit "exit"
singleton "winding_stair"
property.name = "stair"
property.names = {"stairs", "steps"}
join("lighthouse", "up", "lantern_room")
