--- A quiet place.
inherit "room"
singleton "garden"
property.name = "Walled garden"
property.outdoors = true
property.description = "Herbs in beds of brick, a bench, bees. The noise of the town stays "
  .. "outside the wall."
