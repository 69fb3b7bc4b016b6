--- A room of about 700 bytes, as players see it.
inherit "room"
property.name = "Hall"
property.number = 0
property.counters = {}                       --- {player -> counter}
property.description = "The walls of this hall are hung with old tapestries and with the dust "
  .. "of ages. A long table of black oak stands in the middle, scarred by knives and by the "
  .. "rings of a thousand wet mugs. Light falls through three narrow windows high in the "
  .. "southern wall, and in it golden motes go up and down without hurry. Somebody has swept "
  .. "the floor, though not today, and has left the broom by the hearth for the next one. It "
  .. "smells of wax, cold smoke and, very faintly, of bread. A bell hangs by the door, and "
  .. "under it a board with names that nobody remembers."
--- Changes one property of one's own.
verb "touch"
function self:touch(who)
  local counter = self.counters[who]
  if not counter then
    counter = create("counter", self)
    self.counters[who] = counter
  end
  counter.touches = counter.touches + 1
  who:tell("Touched {n}.", {n = counter.touches})
end

--- Does nothing: what every line costs.
verb "nothing"
function self:do_nothing(who)
  who:tell "Done."
end

--- Changes one property of any stone.
verb "reach"
function self:reach(who)
  local square = object "square"
  local stone = object(square.first + math.random(0, square.stones - 1))
  local name = ("abcdefgh"):sub(math.random(8)):sub(1, 1)
  stone[name] = stone[name] + 1
  who:tell("Touched {n}.", {n = stone[name]})
end

--- Runs 900,000 steps of Lua: three to each turn of the loop.
verb "spin"
function self:spin(who)
  local sum = 0
  for n = 1, 300000 do sum = (sum + n) % 1000 end
  who:tell "Done."
end

--- Changes 10,000 properties of stones in one call.
verb "churn"
function self:churn(who)
  local square = object "square"
  local stones = 1250
  for n = square.first, square.first + stones - 1 do
    local stone = object(n)
    stone.a, stone.b, stone.c, stone.d = stone.a + 1, stone.b + 1, stone.c + 1, stone.d + 1
    stone.e, stone.f, stone.g, stone.h = stone.e + 1, stone.f + 1, stone.g + 1, stone.h + 1
  end
  who:tell("Churned {n}.", {n = 8 * stones})
end
