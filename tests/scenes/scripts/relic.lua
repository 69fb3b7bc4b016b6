--- All that a thing can be at once: it opens, locks, is worn, eaten and sat on; to be watched.
inherit "thing"
use("openable", "lockable", "wearable", "edible", "seat", "witness")
property.name = "relic"
property.portions = 9
function self:can_open() self:witness "can_open" end
function self:opened() self:witness "opened" end
function self:can_close() self:witness "can_close" end
function self:closed() self:witness "closed" end
function self:can_lock() self:witness "can_lock" end
function self:locked() self:witness "locked" end
function self:can_unlock() self:witness "can_unlock" end
function self:unlocked() self:witness "unlocked" end
function self:can_wear() self:witness "can_wear" end
function self:worn() self:witness "worn" end
function self:can_take_off() self:witness "can_take_off" end
function self:taken_off() self:witness "taken_off" end
function self:can_eat() self:witness "can_eat" end
function self:eaten() self:witness "eaten" end
function self:can_sit() self:witness "can_sit" end
function self:sat() self:witness "sat" end
function self:can_stand() self:witness "can_stand" end
function self:stood() self:witness "stood" end
