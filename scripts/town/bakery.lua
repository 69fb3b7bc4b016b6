--- Bread, and the warmest place in town.
inherit "room"
singleton "bakery"
property.name = "Bakery"
property.description = "Heat stands in the room like a guest. An oven fills the back wall, and "
  .. "the loaves on the racks are still talking to themselves. A slate hangs over the table "
  .. "where the dough is kneaded."
property.sounds_like = "The crusts of the loaves crackle as they cool."
property.smells_like = "New bread. It is hard to think of anything else."
property.details = {
  {"oven", "A brick cave with an iron door. Do not touch the door."},
  {"loaves loaf bread", "They crackle as they cool."},
  {"racks rack shelves", "Pine, white with flour."},
  {"table dough flour", "The dough has been told to rise and is thinking about it."},
  {"wall", "Warm to the hand, all the way up."},
}
