--- A place to be in.
inherit "thing"
property.name = "room"
property.dark = false                        --- Nothing is seen in it without a lit thing.
property.outdoors = false                    --- Under the open sky.

--- What somebody in it sees: the place, its exits, who and what is there.
function self:look(who)
  if not who:sees(self) then return text "It is pitch dark." end
  local parts = {text.title(self.name), self:describe(who), self:list_exits(who)}
  local things, people = who:visible()
  if #things > 0 then
    parts[#parts + 1] = text("{a things} {things:is} here.", {things = things})
  end
  if #people > 0 then
    parts[#parts + 1] = text("{people} {people:is} here.", {people = people})
  end
  return text.lines(parts)
end

--- One line that names the exits.
function self:list_exits()
  local ways = {}
  for _, exit in ipairs(self:exits()) do ways[#ways + 1] = exit:direction(self) end
  if #ways == 0 then return text "There is no way out." end
  if #ways == 1 then return text("The only way out is {way}.", {way = ways[1]}) end
  local last = table.remove(ways)
  return text("Ways out: {ways} and {last}.", {ways = table.concat(ways, ", "), last = last})
end
