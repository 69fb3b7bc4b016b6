--- The top of the lighthouse.
inherit "room"
singleton "lantern_room"
property.name = "Lantern room"
property.description = "Glass on every side, and behind the glass the whole bay. The great lens "
  .. "stands in the middle and waits for someone to remember it."
