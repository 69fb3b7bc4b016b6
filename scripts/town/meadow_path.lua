--- Out of the town.
inherit "exit"
singleton "meadow_path"
property.name = "path"
property.names = {"meadow", "town"}
join("town_gate", "east", "meadow")
