--- The table by the fire.
inherit "container"
singleton "oak_table"
property.name = "oak table"
property.surface = true
property.fixed = "It took six men to bring it in."
property.description = "A long table of black oak, scarred by knives and by the rings of a "
  .. "thousand wet mugs."
place "tavern"
