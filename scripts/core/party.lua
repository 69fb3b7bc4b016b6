--- A group of players who travel together. It lasts until the last has left it.
inherit "thing"
property.name = "group"
private.leader = optional "player"           --- Who invites and sends away.
private.people = {}                          --- List of players.
private.guests = {}                          --- {player -> true}: who was invited.

local MOST <const> = 20

--- Those who belong to it, as a list; for the library.
function self:members()
  if caller() then error "only those who belong to a group know who does" end
  local list = {}
  for _, who in ipairs(self.people) do list[#list + 1] = who end
  return list
end

--- Somebody comes to it who was invited, or who begins it.
function self:add(who)
  if caller() then error "players join groups by themselves" end
  local list = self:members()
  if #list > 0 and not self.guests[who] then refuse "You were not invited to that group." end
  if #list >= MOST then refuse "That group is full." end
  self.guests[who] = nil
  table.insert(self.people, who)
  who.group = self
  if #list == 0 then self.leader = who end
end

--- Somebody belongs to it no more; the next one leads it. Without anybody it is gone.
function self:remove(who)
  if caller() then error "players leave groups by themselves" end
  for i, member in ipairs(self.people) do
    if member == who then table.remove(self.people, i) break end
  end
  who.group = nil
  if #self:members() == 0 then return destroy(self) end
  if self.leader == who then
    self.leader = self:members()[1]
    self:tell_all(text("{name} leads the group now.", {name = self.leader.name}))
  end
end

--- Somebody is asked to come.
function self:expect(who)
  if caller() then error "only its leader invites to a group" end
  self.guests[who] = true
end

--- Tells all who belong to it, but those who ignore `speaker`.
function self:tell_all(line, speaker)
  if caller() then error "only those who belong to a group speak to it" end
  for _, member in ipairs(self.people) do
    if not (speaker and member:ignores(speaker)) then member:tell(line) end
  end
end
