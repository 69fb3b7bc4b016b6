--- Where things are bought and sold.
inherit "room"
singleton "market_row"
property.name = "Market row"
property.outdoors = true
property.description = "Stalls stand on both sides, most of them folded up until market day. A "
  .. "bakery opens to the north under a striped awning. The row ends at the town gate in the "
  .. "east."
property.details = {
  {"stalls stall",
    "Planks, trestles, canvas. On market days you cannot see the planks for the fish."},
  {"awning stripes", "Red and white once. Now it is pink and grey."},
}
