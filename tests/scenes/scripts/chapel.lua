--- Words of its own for what the library knows as well, and a thing with one.
singleton "chapel"
inherit "room"
property.name = "Chapel"

--- Hears the organ.
verb "listen"
function self:listen(who) who:tell "An organ, far off." end

--- Bows to the altar.
verb "bow|jump|yes"
function self:bow(who, how) who:tell("The altar takes no notice of your {verb}.", {verb = how.verb}) end
