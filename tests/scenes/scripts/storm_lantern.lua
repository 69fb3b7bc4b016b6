--- A lantern with little oil, which sets its light first and tells of it then.
inherit "thing"
property.name = "storm lantern"
property.oil = 3                             --- Minutes of light left.

verb "kindle this"
function self:kindle(who)
  if self.lit then refuse("{it} burns already.", {it = self}) end
  self.lit = true
  self:announce("{who} {who:kindles} {it}.", {who = who, it = self})
  after(60, self, "burn_down")
end

verb "snuff this"
function self:snuff(who)
  self.lit = false
  cancel(self, "burn_down")
  self:announce("{who} {who:snuffs} {it}.", {who = who, it = self})
end

function self:burn_down()
  self.oil = self.oil - 1
  if self.oil > 0 then return after(60, self, "burn_down") end
  self.lit = false
  self:announce("{it} flickers and is out.", {it = self})
end
