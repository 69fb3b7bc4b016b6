--- Trait of persons: taking, dropping, giving.

--- Picks something up.
verb "take|get thing"
verb "pick up thing"
verb "take|get thing from thing"
function self:take(who, what)
  if what == who then refuse "You have yourself in hand already." end
  if what.location == who then refuse("You have {the what} already.", {what = what}) end
  if what.fixed then refuse(what.fixed) end
  local place = what.location
  what:move_to(who, {how = "take"})
  if place and isa(place, "container") then
    return who:announce("{who} {who:takes} {the what} from {the place}.",
      {who = who, what = what, place = place})
  end
  who:announce("{who} {who:takes} {the what}.", {who = who, what = what})
end

--- Puts something down.
verb "drop held"
verb "put down held"
function self:drop(who, what)
  local here = who.location
  if not here then refuse "There is no floor to drop it on." end
  what:move_to(here, {how = "drop"})
  who:announce("{who} {who:drops} {the what}.", {who = who, what = what})
end

--- Gives something one holds to somebody.
verb "give|hand held to person"
function self:give(who, what, whom)
  if whom == who then refuse("You keep {the what}.", {what = what}) end
  what:move_to(whom, {how = "give"})
  who:announce("{who} {who:gives} {the what} to {whom}.", {who = who, what = what, whom = whom})
end
