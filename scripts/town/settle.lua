--- The best place in the tavern.
inherit "thing"
use "seat"
singleton "settle"
property.name = "settle"
property.names = {"seat"}
property.fixed = "It has stood there longer than the wall behind it."
property.description = "A bench with a high back and no cushions. The wood has been sat smooth."
place "tavern"
