--- Trait of things that all may need: left behind, they find their way back.
property.home = optional "thing"              --- Where it belongs.

-- Whether somebody who is here has it, or is where it lies.
local function is_needed(thing)
  local place = thing.location
  while place do
    if isa(place, "player") then return place.connected end
    if isa(place, "room") then
      for _, each in ipairs(place:contents "player") do
        if each.connected then return true end
      end
      return false
    end
    place = place.location
  end
  return false
end

--- Away from home it looks round now and then whether it may go back.
function self:moved(move)
  cancel(self, "come_back")
  if move.to ~= self.home then after(300, self, "come_back") end
end

--- Goes home, unless somebody needs it.
function self:come_back()
  if self.location == self.home then return end
  if is_needed(self) then return after(300, self, "come_back") end
  self:move_to(self.home, {how = "return"})
  self:announce("{the thing} is back where it belongs.", {thing = self})
end
