--- Sold in the bakery.
inherit "thing"
use "edible"
property.name = "bread roll"
property.names = {"bread"}
property.description = "Still warm. The crust has a cross on top."
property.smells_like = "It smells of Sunday morning."
