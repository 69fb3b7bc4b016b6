--- Where the scenes begin.
singleton "hall"
inherit "room"
property.name = "Hall"
