--- Washed up on the islet.
inherit "thing"
singleton "glass_float"
property.name = "glass float"
property.names = {"ball"}
property.adjectives = {"green"}
property.description = "A ball of green glass from some net. There is a drop of very old air in it."
place "islet"
