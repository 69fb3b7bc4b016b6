--- The tavern, where one hears things.
inherit "room"
singleton "tavern"
property.name = "The Blue Whale"
property.description = "A low room with a fire that never goes out, four tables, and a counter "
  .. "polished by two hundred years of sleeves. The whale over the fireplace is painted, and "
  .. "not well. Steps lead down behind the counter."
