--- The one room that the tavern lets.
inherit "room"
singleton "guest_room"
property.name = "Guest room"
property.description = "A narrow bed, a washstand with a jug, and a window over the harbour. "
  .. "Somebody has carved a ship into the beam above the bed."
property.details = {
  {"washstand stand basin", "The basin has a crack in the shape of a river."},
  {"jug", "Empty, and clean."},
  {"window harbour", "Three masts, a strip of grey water, gulls."},
  {"ship carving", "Two masts and a flag. Under it stands: NOT YET."},
  {"beam", "Oak, black with age, and low enough to meet your head."},
}
