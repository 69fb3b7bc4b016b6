--- What is in the iron box.
inherit "thing"
singleton "silver_whistle"
property.name = "silver whistle"
property.description = "A bosun's whistle. It wants to be blown."
place "iron_box"

--- Blows it; the whole room hears.
verb "blow|play this"
function self:blow(who)
  self:announce("{who} {who:blows} {the whistle}: one long note that finds every corner.",
    {who = who, whistle = self}, {sense = "sound"})
end
