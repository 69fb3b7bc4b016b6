--- Trait of persons: getting from place to place.

-- Out of a thing, into which only code puts people: the one way that leads on.
local function get_out(who, thing, direction)
  if direction ~= "out" then
    refuse("You are in {the thing}: out is the only way.", {thing = thing})
  end
  local outside = thing:room()
  if not outside then refuse("There is no way out of {the thing} now.", {thing = thing}) end
  local args = {who = who, thing = thing}
  who:move_to(outside, {how = "walk"})
  who:announce("{who} {who:gets} out of {the thing}.", args)
  who:tell(outside:look(who))
end

--- Walks off in a direction: north, south, east, west, up, down, in, out.
verb "go|walk|run [to] direction"
verb "go|walk|run through direction"
verb "enter|climb direction"
function self:walk(who, direction)
  local place = who.location
  if place and not isa(place, "room") then return get_out(who, place, direction) end
  who:go(direction)
end

--- Goes out, where a way leads out, or there is but one way.
verb "leave|exit"
function self:walk_out(who)
  local place = who.location
  if place and not isa(place, "room") then return get_out(who, place, "out") end
  local exits = place and place:exits(who) or {}
  local way = place and place:exit "out" or #exits == 1 and exits[1]
  if not way then refuse "Which way? Say exits to see where one can go." end
  who:go(way)
end
