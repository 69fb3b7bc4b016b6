--- Trait of persons: listening and smelling, where no place or thing has a verb of its own for it.

-- What stands in a property of the place or thing, or what is said of one that has nothing there.
local function tell_of(who, what, property, nothing)
  local words = what[property]
  if words then return who:tell(text(words)) end
  who:tell(nothing, {it = what})
end

--- Listens.
verb("listen", {priority = -5})
function self:listen(who)
  local here = who:room()
  if not here then refuse "It is quiet." end
  tell_of(who, here, "sounds_like", "You hear nothing out of the ordinary.")
end

--- Listens to something: listen to fountain.
verb("listen to thing", {reach = "see", priority = -5})
function self:listen_to(who, what)
  tell_of(who, what, "sounds_like", "You hear nothing from {the it}.")
end

--- Smells the air.
verb("smell|sniff", {priority = -5})
function self:smell(who)
  local here = who:room()
  if not here then refuse "There is nothing to smell." end
  tell_of(who, here, "smells_like", "You smell nothing out of the ordinary.")
end

--- Smells at something: smell bread.
verb("smell|sniff [at] thing", {reach = "see", priority = -5})
function self:smell_at(who, what)
  tell_of(who, what, "smells_like", "{the it} {it:smells} of nothing in particular.")
end
