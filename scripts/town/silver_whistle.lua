--- What is in the iron box.
inherit "thing"
use "returning"
singleton "silver_whistle"
property.name = "silver whistle"
property.description = "A bosun's whistle. It wants to be blown."
property.home = object "iron_box"
place "iron_box"

--- Home is a box with a lock.
function self:moved(move)
  if move.how == "return" then
    local box = move.to
    box.is_open, box.is_locked = false, true
  end
end

--- Blows it; the whole room hears.
verb "blow|play this"
function self:blow(who)
  self:announce("{who} {who:blows} {the whistle}: one long note that finds every corner.",
    {who = who, whistle = self}, {sense = "sound"})
end
