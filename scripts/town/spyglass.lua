--- What is in the trunk.
inherit "thing"
singleton "spyglass"
property.name = "spyglass"
property.names = {"glass", "telescope"}
property.description = "Brass and leather. The small lens has a scratch like a hair."
place "wooden_trunk"

--- Looks through it: there is something to see out of doors.
verb "look through this"
verb "use this"
function self:look_through(who)
  self:announce("{who} {who:looks} through {the it}.", {who = who, it = self}, {except = who})
  local here = who.location
  if not here or not here.outdoors then refuse "You see the wall, very large." end
  who:tell "You see an islet in the bay, and on it one bent pine. Seals lie in the sand."
end
