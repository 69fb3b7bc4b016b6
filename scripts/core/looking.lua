--- Trait of persons: looking at the world and at what one carries.

--- Looks around.
verb "look|l"
verb "look around"
function self:look_around(who)
  local here = who.location
  if not here then refuse "There is nothing to see." end
  if not who:sees(here) then return who:tell "It is pitch dark." end
  who:tell(here:look(who))
end

--- Looks at something closely.
verb("look|l at thing", {reach = "see"})
verb("examine|exa|ex|x|look|l thing", {reach = "see"})
function self:look_at(who, what)
  local shown = what:seen_as(who) or what    -- A disguise, a mirror.
  who:tell(shown:look(who))
end

--- Looks into or onto something.
verb("look|l in thing", {reach = "see"})
verb("look|l on thing", {reach = "see"})
function self:look_into(who, what)
  who:look_at(who, what)
end

--- Looks where a way leads: look north.
verb "look|l direction"
function self:look_along(who, direction)
  local here = who.location
  local exit = here and isa(here, "room") and here:exit(direction)
  if not exit or not who:sees(exit) then
    decline("There is no way {way} from here.", {way = direction})
  end
  if exit.description ~= "" then return who:look_at(who, exit) end
  if not isa(exit, "openable") then return who:tell("A way leads {way}.", {way = direction}) end
  who:tell("{the exit} leads {way}.", {exit = exit, way = direction})
end

--- Lists the ways out of here.
verb "exits|ways"
function self:list_ways(who)
  local here = who.location
  while here and not isa(here, "room") do here = here.location end
  if not here then refuse "There is no way out of nowhere." end
  if not who:sees(here) then refuse "It is pitch dark." end
  who:tell(here:list_exits(who))
end

--- Tells where one is.
verb "where|whereami"
verb "where am i"
function self:tell_where(who)
  local here = who.location
  if not here then refuse "You are nowhere." end
  if not who:sees(here) then refuse "It is pitch dark." end
  if who.seat then
    return who:tell("You are sitting {where}: {room}.",
      {where = who.seat:where(), room = here.name})
  end
  who:tell("You are here: {room}.", {room = here.name})
end

--- Tells where somebody or something in sight is: where is the lamp.
verb("where|where's thing", {reach = "see"})
verb("where is|are thing", {reach = "see"})
function self:tell_where_it_is(who, it)
  local place = it.location
  local args = {it = it, place = place}
  if it == who or isa(it, "room") then return who:tell_where(who) end
  if isa(it, "exit") then
    args.where = it:direction(who:room())
    who:tell("{it} {it:leads} {where}.", args)
  elseif place and isa(place, "person") then
    who:tell("{place} {place:has} {it}.", args)
  elseif place and isa(place, "container") then
    args.where = place.surface and "on" or "in"
    who:tell("{it} {it:is} {where} {the place}.", args)
  elseif isa(it, "person") and it.seat then
    args.where = it.seat:where()
    who:tell("{it} {it:is} here, sitting {where}.", args)
  else
    who:tell("{it} {it:is} here.", args)
  end
end

--- Tells that somebody is not here.
verb("where is player", {reach = "anywhere", hidden = true, priority = -1})
function self:tell_nowhere(who, whom)
  who:tell("{name} is not in sight.", {name = whom.name})
end

--- Tells what time it is in this world.
verb "time|date"
function self:tell_time(who)
  local time = world:now()
  who:tell("It is {clock} in {season}, and {light} outdoors.",
    {clock = string.format("%02d:%02d", time.hour, time.minute), season = time.season,
      light = time.daylight and "light" or "dark"})
end

--- Lets a moment go by.
verb("wait|z", {hidden = true})
function self:wait_a_moment(who)
  who:tell "You wait for a moment."
end

--- Lists what one carries and wears.
verb "inventory|inv|i|equipment|eq"
function self:list_held(who)
  local worn, carried = who:worn_things(), who:carried_things()
  if #worn == 0 and #carried == 0 then return who:tell "You carry nothing." end
  if #carried > 0 then who:tell("You carry {a things}.", {things = carried}) end
  if #worn > 0 then who:tell("You wear {a things}.", {things = worn}) end
end
