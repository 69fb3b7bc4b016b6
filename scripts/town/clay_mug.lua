--- A mug, not quite empty.
inherit "thing"
use "edible"
singleton "clay_mug"
property.name = "clay mug"
property.liquid = true
property.vessel = true
property.description = "Brown, heavy, with a chip where the lip goes."
place "oak_table"
