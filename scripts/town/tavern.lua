--- The tavern, where one hears things.
inherit "room"
use "teaching"
singleton "tavern"
property.name = "The Blue Whale"
property.description = "A low room with a fire that never goes out, a settle beside it, and a "
  .. "counter polished by two hundred years of sleeves. The whale over the fireplace is painted, "
  .. "and not well. Steps lead down behind the counter to a cellar door, and a stair with a "
  .. "gate goes up to the guest room."
property.sounds_like = "The fire crackles. It has never been heard to stop."
property.smells_like = "Smoke and onions."
property.details = {
  {"towel", "It has wiped everything in this room, and it shows."},
  {"fire fireplace flames", "Driftwood, mostly. It burns blue at the edges."},
  {"counter", "You can see your face in it, and then the faces of those who leaned here before."},
  {"whale painting", "It smiles. Whales do not smile, the painter had only been told about them."},
  {"steps step", "Nine of them, worn hollow in the middle."},
  {"room", "It smells of smoke and onions."},
}

--- Whoever comes in has learned to walk.
function self:entered(who)
  object("first_steps"):learned(who, "walk")
end
