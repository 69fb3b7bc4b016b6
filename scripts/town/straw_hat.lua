--- Sold in the shop of curiosities.
inherit "thing"
use "wearable"
property.name = "straw hat"
property.worn_on = "head"
property.description = "A goat has tried it, at the back, and did not finish."
