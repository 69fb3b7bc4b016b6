singleton "yard"
inherit "room"
property.name = "Yard"
property.outdoors = true
