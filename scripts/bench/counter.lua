--- Counts for one player; nobody sees it.
inherit "thing"
property.name = "counter"
property.hidden = true
property.touches = 0
