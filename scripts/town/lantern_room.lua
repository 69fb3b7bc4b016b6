--- The top of the lighthouse.
inherit "room"
singleton "lantern_room"
property.name = "Lantern room"
property.description = "Glass on every side, and behind the glass the whole bay. The great lens "
  .. "stands in the middle and waits for someone to remember it."
property.details = {
  {"glass panes", "Salt on the outside, the keeper's thumbprints on the inside."},
  {"bay", "A bowl of light. An islet lies in it, to the south-west."},
  {"lens", "A hundred prisms in a brass cage. You are in it a hundred times, upside down."},
  {"islet", "Bare rock and one tree."},
}
