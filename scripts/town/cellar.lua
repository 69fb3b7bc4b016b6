--- A dark cellar: bring a light.
inherit "room"
singleton "cellar"
property.name = "Tavern cellar"
property.dark = true
property.description = "Barrels in two rows, and a third row of shadows behind them. Something "
  .. "iron is let into the floor at the far end."
