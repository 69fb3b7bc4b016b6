--- Trait: several equal things in one, like coins or nails. Equal heaps in one place become one.
property.count = 1                           --- How many they are.

--- Parts `n` of them off: a heap of its own in the same place. All of them: the heap itself.
function self:split(n)
  if n < 1 then refuse "That would be none at all." end
  if n > self.count then refuse("There {it:is} only {a it}.", {it = self}) end
  if n == self.count then return self end
  local part = create(self.class, nil, {count = n})
  if part.name ~= self.name then part.name = self.name end
  self.count = self.count - n
  if self.location then part:move_to(self.location, {how = "split"}) end
  return part
end

--- Takes in the equal heaps of the place where it came to.
function self:moved(move)
  local here = self.location
  if move.how == "split" or not here then return end
  for _, other in ipairs(here:contents()) do
    if other ~= self and other.class == self.class and other.name == self.name then
      self.count = self.count + other.count
      destroy(other)
    end
  end
end

--- "Three coins": it is the number that matters.
function self:mention()
  return text("{a it}", {it = self})
end
