--- Sold in the tavern.
inherit "thing"
use "edible"
property.name = "onion stew"
property.names = {"bowl"}
property.portions = 3
property.description = "Onions, and the memory of a sausage."
