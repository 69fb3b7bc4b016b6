--- It has a method with the name of what the library asks of things.
inherit "thing"
property.name = "lily"

--- Smells it.
verb "smell this"
verb "listen to this"
function self:smell(who, how) who:tell("{the it} takes you by the {part}.",
  {it = self, part = how.verb == "smell" and "nose" or "ear"}) end
