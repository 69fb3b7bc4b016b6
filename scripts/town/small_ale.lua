--- Sold in the tavern.
inherit "thing"
use "edible"
property.name = "jug of small ale"
property.liquid = true
property.vessel = true
property.portions = 3
property.description = "A stoneware jug with a blue whale on its side."
