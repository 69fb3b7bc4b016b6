--- Trait of persons: getting from place to place.

--- Walks off in a direction: north, south, east, west, up, down, in, out.
verb "go|walk|run [to] direction"
function self:walk(who, direction)
  who:go(direction)
end
