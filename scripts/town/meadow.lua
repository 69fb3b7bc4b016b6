--- Grass, sheep and a mill.
inherit "room"
singleton "meadow"
property.name = "Meadow"
property.outdoors = true
property.description = "The grass is long and full of clover. Four sheep look up together and "
  .. "look down together. A mill without sails stands on the rise to the north."
property.details = {
  {"grass clover", "There are bees in it. Mind your feet."},
  {"sheep", "They have seen people before and were not impressed."},
  {"mill rise sails", "The sails went in the big storm. Some say they are still flying."},
}
