--- A thing whose hooks can be watched; it flies where it is aimed.
inherit "thing"
use "witness"
property.name = "pebble"
property.aim = optional "thing"
verb "throw this"
function self:throw() self:move_to(self.aim, {how = "throw"}) end
