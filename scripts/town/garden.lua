--- A quiet place.
inherit "room"
singleton "garden"
property.name = "Walled garden"
property.outdoors = true
property.description = "Herbs in beds of brick, a bench, bees. The noise of the town stays "
  .. "outside the wall."
property.sounds_like = "Bees."
property.smells_like = "Thyme and mint."
property.details = {
  {"herbs herb beds bed bricks brick",
    "Thyme, sage, mint, and something with a label that says NO."},
  {"bees bee", "They work. You could learn from them, they seem to say."},
  {"wall", "Higher than it needs to be, and warm on this side."},
}
