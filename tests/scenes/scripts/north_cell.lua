--- North of the hatch.
inherit "cell"
singleton "north_cell"
property.name = "north"
