--- Opens the iron box.
inherit "thing"
use "returning"
singleton "small_key"
property.name = "small key"
property.adjectives = {"iron"}
property.description = "A small iron key with a fish scratched into its bow."
property.home = object "lantern_room"
place "lantern_room"
