--- The middle of the town: everybody begins here.
inherit "room"
singleton "square"
property.name = "Market square"
property.outdoors = true
property.description = "Worn cobbles, a dry fountain, and houses that lean towards each other as "
  .. "if to hear the news. The smell of bread comes from the tavern to the north, the smell of tar "
  .. "from the harbour in the south. A wooden sign stands by the fountain."
