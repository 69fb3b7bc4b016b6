--- Opens the iron box.
inherit "thing"
singleton "small_key"
property.name = "small key"
property.adjectives = {"iron"}
property.description = "A small iron key with a fish scratched into its bow."
place "lantern_room"
