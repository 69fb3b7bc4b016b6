--- A way whose hooks can be watched.
inherit "exit"
use "witness"
singleton "hatch"
property.name = "hatch"
join("north_cell", "south", "south_cell")
