--- Sold in the shop of curiosities: one writes in it.
inherit "thing"
use "readable"
property.name = "old notebook"
property.description = "Half of the pages are torn out. The other half is yours."
property.writable = true
