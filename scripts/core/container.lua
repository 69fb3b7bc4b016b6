--- Something that holds things: a box, a table, a bag.
inherit "thing"
property.name = "container"
property.surface = false                     --- Things lie on it, not in it.
property.transparent = false                 --- One sees what is inside even when it is shut.
property.capacity = 20                       --- How many things fit.

--- Its description, and what is inside if that shows.
function self:look(who)
  local inside = {}
  for _, x in ipairs(self:contents()) do
    if x ~= who and who:sees(x) then inside[#inside + 1] = x end
  end
  if #inside == 0 then return self:describe(who) end
  local place = self.surface and "On" or "In"
  return text.lines{
    self:describe(who),
    text("{place} {the it} {things:is} {a things}.", {place = place, it = self, things = inside})
  }
end

--- Whether something may be put into it.
function self:can_enter(what, move)
  if what == self then refuse("{it} {it:does} not fit into itself.", {it = self}) end
  if move.how == "split" then return end
  if #self:contents() < self.capacity then return end
  refuse("There is no more room in {the it}.", {it = self})
end

--- Whether hands get into it now: a lid may be in the way.
function self:can_reach_inside() end

--- Puts something that `who` holds into it or onto it.
verb "put|place held in this"
verb "put|place held on this"
function self:put(who, what, how)
  who:check_sender(caller())
  local onto = how.preposition == "on"
  if onto ~= self.surface then
    local right = self.surface and "on" or "in"
    refuse("Things go {right} {the it}.", {right = right, it = self})
  end
  self:can_reach_inside(who)
  who:let_go(what)
  self:announce("{who} {who:puts} {what} {where} {the it}.",
    {who = who, what = what:mention(), where = how.preposition, it = self})
  what:move_to(self, {how = "put"})
end

--- Puts some of many into it or onto it: put 3 coins in box.
verb("put|place number held in this", {priority = 1})
verb("put|place number held on this", {priority = 1})
function self:put_some(who, n, what, how)
  who:check_sender(caller())
  self:put(who, what:split(n), how)
end
