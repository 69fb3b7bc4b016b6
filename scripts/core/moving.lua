--- Trait of persons: getting from place to place.

--- Goes through an exit, named or given.
function self:go(way)
  local here = self.location
  if not here then refuse "You are nowhere, and there is no way from here." end
  local exit = type(way) == "object" and way or here:exit(way)
  if not exit then refuse("There is no way {way} from here.", {way = way}) end
  exit:pass(self)
end

--- Walks off in a direction: north, south, east, west, up, down, in, out.
verb "go|walk|run [to] direction"
function self:walk(_, direction)
  self:go(direction)
end
