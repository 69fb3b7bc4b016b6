--- Where the rowing boat lies.
inherit "room"
singleton "jetty"
property.name = "Jetty"
property.outdoors = true
property.description = "Planks on piles, and green water between the planks. The bay lies open "
  .. "to the east. A ring of iron is let into the last pile for the boats."
property.sounds_like = "Water slaps at the piles."
property.details = {
  {"planks plank", "The new ones are yellow, the old ones silver."},
  {"piles pile", "Mussels have built a town of their own on them."},
  {"water", "You see the bottom, and a crab that sees you."},
  {"bay", "Calm enough for a small boat."},
  {"ring iron", "Worn thin by ropes."},
}
