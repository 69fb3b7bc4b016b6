--- The middle of the town: everybody begins here.
inherit "room"
use "teaching"
singleton "square"
property.name = "Market square"
property.outdoors = true
property.description = "Worn cobbles, a dry fountain, and houses that lean towards each other as "
  .. "if to hear the news. The tavern is to the north, the harbour to the south. A market row "
  .. "begins in the east, where the bread comes from; a lane slips away to the west. A wooden "
  .. "sign stands by the fountain."
property.smells_like = "Bread, from the market row in the east."
property.sounds_like = "Doors, footsteps, somebody laughing behind a window."
property.details = {
  {"cobbles cobble stones",
    "Two hundred years of carts have polished them. They are slippery in the rain."},
  {"houses house", "Four storeys each, and every storey a little wider than the one below."},
  {"bread smell", "You cannot see it from here. You can smell it."},
}
