--- Sold in the bakery.
inherit "thing"
use "edible"
property.name = "meat pie"
property.portions = 2
property.description = "A lid of pastry, and under it what the day has brought."
