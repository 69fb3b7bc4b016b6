--- The eastern end of the town.
inherit "room"
singleton "town_gate"
property.name = "Town gate"
property.outdoors = true
property.description = "An arch of grey stone with the date scratched out. The portcullis has "
  .. "rusted fast, half way down, and people have got used to ducking. The market row lies to "
  .. "the west, a meadow to the east."
property.details = {
  {"helmet spear", "The helmet is dented from the inside. The spear has sprouted a leaf."},
  {"arch stone date", "Somebody did not want to be reminded how old it is."},
  {"portcullis bars iron", "It would take a smith, an ox and a week to move it."},
}
