--- Trait of players: paying for what others ask for.

--- Pays somebody, if the player agrees; refuses if the coins do not do.
function self:pay(amount, to, for_what)
  if math.type(amount) ~= "integer" or amount < 1 then
    error("pay takes a whole number of coins, from 1 on")
  end
  if self.coins < amount then
    refuse("That is {count price coin}, and you have {count n coin}.",
      {price = amount, n = self.coins})
  end
  if amount > self:setting "pay" then
    self:confirm(text("Give {count n coin} to {to} for {what}? Yes or no.",
      {n = amount, to = to, what = for_what or "that"}))
  end
  self:spend(amount, to)
  self:announce("{who} {who:gives} {count n coin} to {to}.", {who = self, n = amount, to = to})
end
