--- Trait of persons: taking, dropping, giving.

-- So many of them; refuses if there are fewer.
local function part_of(what, n)
  if type(what) ~= "object" or math.type(n) ~= "integer" then
    refuse "How many of what? Say for instance: give 2 coins to tom."
  end
  if not isa(what, "heap") then
    if n == 1 then return what end
    refuse("There {what:is} only {a what}.", {what = what})
  end
  local part = what:split(n)
  return part
end

--- Picks something up.
verb "take|get thing [from thing]"
verb "pick up thing [from thing]"
verb "pick thing up [from thing]"
function self:take(who, what, from)
  who:check_deed(caller())
  if what == who then refuse "You have yourself in hand already." end
  if from and from ~= who and what.location == who then
    for _, other in ipairs(from:contents()) do
      if other.name == what.name and who:sees(other) then other:need_at_hand(who) end
    end
    refuse("{the from} {from:has} no {name what}: you have one.", {from = from, what = what})
  end
  if what.location == who then decline("You have {the what} already.", {what = what}) end
  if what.fixed then refuse(what.fixed) end
  what:need_at_hand(who)
  local place = what.location
  if from and from ~= place then
    refuse("{the what} {what:is} somewhere else.", {what = what})
  end
  local args = {who = who, what = what:mention(), place = place}
  if place and isa(place, "container") then
    who:announce("{who} {who:takes} {what} from {the place}.", args)
  else
    who:announce("{who} {who:takes} {what}.", args)
  end
  what:move_to(who, {how = "take"})
end

--- Picks up some of many: take 3 coins. One of them is "coin", all of them are "coins".
verb("take|get number thing [from thing]", {priority = 1})
function self:take_some(who, n, what, from)
  who:check_deed(caller())
  if type(what) == "object" and what.location == who then
    decline("You have {the what} already.", {what = what})
  end
  who:take(who, part_of(what, n), from)
end

--- Puts something down.
verb "drop held"
verb "put down held"
verb "put held down"
verb "drop|put held on [the] floor|ground"
verb "drop held here"
function self:drop(who, what)
  who:check_sender(caller())
  local here = who.location
  if not here then refuse "There is no floor to drop it on." end
  who:let_go(what)
  who:announce("{who} {who:drops} {what}.", {who = who, what = what:mention()})
  what:move_to(here, {how = "drop"})
end

--- Puts some of many down: drop 2 coins, drop coin and mug.
verb("drop number held", {priority = 1})
function self:drop_some(who, n, what)
  who:check_sender(caller())
  who:drop(who, part_of(what, n))
end

--- Gives something one holds to somebody.
verb "give|hand held to person"
function self:give(who, what, whom)
  who:check_sender(caller())
  if whom == who then refuse("You keep {the what}.", {what = what}) end
  who:let_go(what)
  who:announce("{who} {who:gives} {what} to {whom}.",
    {who = who, what = what:mention(), whom = whom})
  what:move_to(whom, {how = "give"})
end

--- Gives some of many: give 2 coins to tom.
verb("give|hand number held to person", {priority = 1})
function self:give_some(who, n, what, whom)
  who:check_sender(caller())
  if type(whom) ~= "object" then refuse "Give it to whom?" end
  who:give(who, part_of(what, n), whom)
end

--- Refuses unless this person holds it; what is worn is taken off first.
function self:let_go(what)
  self:check_deed(caller())
  if what.location ~= self then refuse("You do not have {the what}.", {what = what}) end
  if isa(what, "wearable") and what.is_worn then what:take_off(self) end
end
