--- A pebble that somebody dropped.
inherit "thing"
property.name = "pebble"
property.token = ""
