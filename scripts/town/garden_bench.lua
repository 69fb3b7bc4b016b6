--- The bench among the herbs.
inherit "thing"
use "seat"
singleton "garden_bench"
property.name = "bench"
property.fixed = "Its feet have grown into the ground."
property.description = "Two planks and a back, turned to the sun."
place "garden"
