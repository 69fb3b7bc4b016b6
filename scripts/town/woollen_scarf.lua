--- Sold in the shop of curiosities.
inherit "thing"
use "wearable"
property.name = "woollen scarf"
property.worn_on = "neck"
property.description = "Six colours, none of them twice in a row."
