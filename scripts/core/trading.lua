--- Trait of persons: money, and buying things.

--- Lists what is sold here, and for how much.
verb "list|prices [goods]"
verb "list|prices from person"
function self:list_goods(who, keeper)
  if type(keeper) ~= "object" then keeper = who:find_merchant() end
  if not isa(keeper, "merchant") then decline("{keeper} sells nothing.", {keeper = keeper}) end
  keeper:list_goods_for(who)
end

--- Buys something: buy bread.
verb "buy|order text [from person]"
function self:buy(who, words, keeper)
  who:check_sender(caller())
  keeper = keeper or who:find_merchant()
  if not isa(keeper, "merchant") then decline("{keeper} sells nothing.", {keeper = keeper}) end
  keeper:sell(who, words)
end

--- Buys several of something: buy 2 rolls.
verb("buy|order number text [from person]", {priority = 1})
function self:buy_some(who, n, words, keeper)
  who:check_sender(caller())
  keeper = keeper or who:find_merchant()
  if not isa(keeper, "merchant") then decline("{keeper} sells nothing.", {keeper = keeper}) end
  keeper:sell(who, words, n)
end

--- Counts one's coins.
verb "coins|money|purse|score|sco"
function self:count_coins(who)
  who:tell("You have {count n coin}.", {n = who.coins})
end

--- Whoever sells something here; declines if nobody does: things may sell too.
function self:find_merchant()
  local _, people = self:visible()
  for _, person in ipairs(people) do
    if isa(person, "merchant") then return person end
  end
  decline "Nobody sells anything here."
end

--- Moves coins to somebody, or refuses.
function private:spend(amount, to)
  if self.coins < amount then
    refuse("That is {count price coin}, and you have {count n coin}.",
      {price = amount, n = self.coins})
  end
  for _, heap in ipairs(self:contents "coin") do
    local n = math.min(amount, heap.count)
    if n > 0 then heap:split(n):move_to(to, {how = "pay"}) end
    amount = amount - n
  end
end
