--- Trait of persons: listening and smelling.

-- What stands in a property of the place or thing, or what is said of one that has nothing there.
local function tell_of(who, what, property, nothing)
  local words = what[property]
  if words then return who:tell(text(words)) end
  who:tell(nothing, {it = what})
end

--- Listens.
verb "listen"
function self:listen(who)
  local here = who:room()
  if not here then refuse "It is quiet." end
  tell_of(who, here, "sound", "You hear nothing out of the ordinary.")
end

--- Listens to something: listen to fountain.
verb("listen to thing", {reach = "see"})
function self:listen_to(who, what)
  tell_of(who, what, "sound", "You hear nothing from {the it}.")
end

--- Smells the air.
verb "smell|sniff"
function self:smell(who)
  local here = who:room()
  if not here then refuse "There is nothing to smell." end
  tell_of(who, here, "smell", "You smell nothing out of the ordinary.")
end

--- Smells at something: smell bread.
verb("smell|sniff [at] thing", {reach = "see"})
function self:smell_at(who, what)
  tell_of(who, what, "smell", "{the it} {it:smells} of nothing in particular.")
end
