--- Pours what one ordered and paid for.
inherit "thing"
property.name = "tea urn"
property.fixed = "It is full and hot."
property.pours = {tea = 2, water = 1}
private.paid = 0

verb "feed held to this"
function self:feed(who, coin)
  if not isa(coin, "coin") then refuse "It is fed with coins." end
  self.paid = self.paid + coin.count
  destroy(coin)
  self:announce("{who} {who:feeds} {urn}.", {who = who, urn = self})
end

verb "order word [on this]"
function self:order(who, drink)
  local price = self.pours[drink] or refuse("There is no {drink} in it.", {drink = drink})
  if self.paid < price then refuse("{count n coin} more.", {n = price - self.paid}) end
  self.paid = self.paid - price
  create("beaker", self.location, {name = "beaker of " .. drink})
  self:announce("{urn} gurgles.", {urn = self})
end
