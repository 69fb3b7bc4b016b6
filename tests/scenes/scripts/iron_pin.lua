singleton "iron_pin"
inherit "thing"
property.name = "iron pin"
place "hall"
