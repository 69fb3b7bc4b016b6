--- A mug, not quite empty.
inherit "thing"
singleton "clay_mug"
property.name = "clay mug"
property.description = "Brown, heavy, with a chip where the lip goes."
place "oak_table"

--- Drinks what is left in it.
verb "drink [from] this"
function self:drink(who)
  self:announce("{who} {who:drinks} from {the mug} and {who:pulls} a face.",
    {who = who, mug = self})
end
