--- Where measuring players begin; it makes what they need.
inherit "room"
singleton "square"
property.name = "Measuring square"
property.description = "A square with lines painted on it."
property.halls = {}                          --- {number -> hall}
property.first = 0                           --- Number of the first stone.
property.stones = 0                          --- How many stones there are.

--- Goes to a hall, which is made if need be: hall 3.
verb "hall number"
function self:go_to_hall(who, n)
  if not self.halls[n] then
    self.halls[n] = create("hall", nil, {number = n})
  end
  who:move_to(self.halls[n], {how = "measure"})
  who:tell "Moved."
end

--- Goes to the hall whose description is Cyrillic.
verb "zal number"
function self:go_to_zal(who, n)
  n = n + 1000
  if not self.halls[n] then
    self.halls[n] = create("zal", nil, {number = n})
  end
  who:move_to(self.halls[n], {how = "measure"})
  who:tell "Moved."
end

--- Goes to a hall with 200 different things in it.
verb "store number"
function self:go_to_store(who, n)
  n = n + 2000
  if not self.halls[n] then
    self.halls[n] = create("hall", nil, {number = n})
    for number = 1, 200 do create("thing", self.halls[n], {name = "curio" .. number}) end
  end
  who:move_to(self.halls[n], {how = "measure"})
  who:tell "Moved."
end

--- Goes to a hall with one of each of 100 classes, oddity1 to oddity100.
verb "cabinet number"
function self:go_to_cabinet(who, n)
  n = n + 3000
  if not self.halls[n] then
    self.halls[n] = create("hall", nil, {number = n})
    for number = 1, 100 do create("oddity" .. number, self.halls[n]) end
  end
  who:move_to(self.halls[n], {how = "measure"})
  who:tell "Moved."
end

--- Makes so many stones of eight properties each; call it often for many.
verb "sow number"
function self:sow(who, n)
  for _ = 1, n do
    local stone = create("stone", nil, {a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7, h = 8})
    if self.first == 0 then self.first = stone.id end
  end
  self.stones = self.stones + n
  who:tell("Sown {n}.", {n = self.stones})
end
