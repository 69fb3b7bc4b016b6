--- A place to be in.
inherit "thing"
use "scenic"
property.name = "room"
property.dark = false                        --- Nothing is seen in it without a lit thing.
property.area = ""                           --- The part of the world it is in, for maps.
property.outdoors = false                    --- Under the open sky.
property.buildable = false                   --- Any builder may lead exits out of it.

--- What somebody in it sees: the place, its exits, who and what is there.
function self:look(who)
  if not who:sees(self) then return text "It is pitch dark." end
  local parts = {text.title(self.name), self:describe(who), self:list_exits(who)}
  local things, people, seats = who:visible()
  if #things > 0 then
    parts[#parts + 1] = text("{a things} {things:is} here.", {things = things})
  end
  if seats then
    self:add_people(parts, people)
  elseif #people > 0 then
    parts[#parts + 1] = text("{people} {people:is} here.", {people = people})
  end
  return text.lines(parts)
end

--- What somebody sees of it at a glance: its name, its exits, who is there.
function self:glance(who)
  if not who:sees(self) then return text "It is pitch dark." end
  local _, people = who:visible()
  local parts = {text.title(self.name), self:list_exits(who)}
  if #people > 0 then parts[3] = text("{people} {people:is} here.", {people = people}) end
  return text.lines(parts)
end

--- Adds to `parts` who of these stands in it, and who sits on what.
function self:add_people(parts, people)
  local seats, sitting = {}, {}
  local standing = self:sort_by_seat(people, seats, sitting)
  if #standing > 0 then
    parts[#parts + 1] = text("{people} {people:is} here.", {people = standing})
  end
  for _, seat in ipairs(seats) do
    parts[#parts + 1] = text("{people} {people:is} sitting {where}.",
      {people = sitting[seat], where = seat:where()})
  end
end

--- Puts those who sit into `sitting` by seat, and their seats into `seats`; gives those who stand.
function self:sort_by_seat(people, seats, sitting)
  local standing = {}
  for _, person in ipairs(people) do
    local seat = person.seat
    if not seat then
      standing[#standing + 1] = person
    elseif not sitting[seat] then
      seats[#seats + 1] = seat
      sitting[seat] = {person}
    else
      table.insert(sitting[seat], person)
    end
  end
  return standing
end

--- One line that names the exits that somebody sees.
function self:list_exits(who)
  local exits = self:exits(who)
  if #exits == 0 then return text "There is no way out." end
  local ways = {}
  for _, exit in ipairs(exits) do ways[#ways + 1] = exit:direction(self) end
  if #ways == 1 then return text("The only way out is {way}.", {way = ways[1]}) end
  local last = table.remove(ways)
  return text("Ways out: {ways} and {last}.", {ways = table.concat(ways, ", "), last = last})
end
