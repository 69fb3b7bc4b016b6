--- A dark cellar: bring a light.
inherit "room"
use "teaching"
singleton "cellar"
property.name = "Tavern cellar"
property.dark = true
property.description = "Barrels in two rows, and a third row of shadows behind them. Something "
  .. "iron is let into the floor at the far end."
property.sounds_like = "A drip, somewhere. You count to nine before it drips again."
property.smells_like = "Ale, herring, wet earth."
property.details = {
  {"barrels barrel rows row", "Ale in the left row, pickled herring in the right one."},
  {"shadows shadow", "They keep still as long as you look."},
  {"floor iron", "Stamped earth, but for the iron box."},
}

--- Whoever comes down has nothing more to learn.
function self:entered(who)
  object("first_steps"):learned(who, "descend")
end
