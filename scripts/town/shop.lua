--- A shop full of odd things.
inherit "room"
singleton "shop"
property.name = "Shop of curiosities"
property.description = "Shelves up to the ceiling, and on them everything that anybody ever left "
  .. "in a drawer. Prices are written very small."
