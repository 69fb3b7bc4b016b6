--- A lamp that burns oil.
inherit "thing"
property.name = "lamp"
property.fuel = 60                           --- Minutes of light left.

--- Lights it.
verb "light|ignite this"
verb "turn|switch on this"
verb "turn|switch this on"
function self:light(who)
  if who then who:check_deed(caller()) end
  if self.lit then refuse("{the lamp} is lit already.", {lamp = self}) end
  if self.fuel == 0 then refuse("{the lamp} is dry.", {lamp = self}) end
  self.lit = true
  self:announce("{who} {who:lights} {the lamp}.", {who = who, lamp = self}, {kind = "light"})
  after(60, self, "minute_passed")
end

--- It burns by itself: whatever else it is to be lit with is not needed.
verb("light|ignite this with text", {hidden = true})
function self:light_with()
  refuse("Nothing else is needed: just light {the lamp}.", {lamp = self})
end

--- Puts it out.
verb "extinguish|douse this"
verb "blow|put out this"
verb "blow|put this out"
verb "turn|switch off this"
verb "turn|switch this off"
function self:extinguish(who)
  if who then who:check_deed(caller()) end
  if not self.lit then refuse("{the lamp} is not lit.", {lamp = self}) end
  self:announce("{who} {who:puts} out {the lamp}.", {who = who, lamp = self}, {kind = "light"})
  self.lit = false
  cancel(self, "minute_passed")
end

--- The oil burns down.
function self:minute_passed()
  self.fuel = self.fuel - 1
  if self.fuel > 0 then return after(60, self, "minute_passed") end
  self:announce("{the lamp} gutters and dies.", {lamp = self}, {kind = "light"})
  self.lit = false
end

--- What it looks like, and whether it burns.
function self:describe()
  local state = self.lit and "It is burning." or self.fuel == 0 and "It is dry." or "It is not lit."
  if self.description == "" then return text(state) end
  return text(self.description) .. " " .. text(state)
end
