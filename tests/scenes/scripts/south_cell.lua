--- South of the hatch.
inherit "cell"
singleton "south_cell"
property.name = "south"
