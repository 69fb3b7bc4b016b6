--- Trait of persons who sell things for coins. Use it together with "answering" for their talk.
property.prices = {}                         --- Class of the goods -> coins.
property.thanks = "Thank you."               --- What they say when they have sold something.

--- Tells what is for sale.
function self:list_goods_for(who)
  local rows = {}
  for kind, price in pairs(self.prices) do
    rows[#rows + 1] = {self:name_of(kind), price}
  end
  if #rows == 0 then refuse("{keeper} {keeper:has} nothing left.", {keeper = self}) end
  who:tell(text.lines{
    text("{keeper} {keeper:sells}:", {keeper = self}),
    text.table(rows, {"goods", "coins"}),
    text "Say buy and what you want."
  })
end

--- Sells something that `words` name, for what it costs.
function self:sell(who, words)
  who:check_sender(caller())
  local kind = self:kind_of(words)
  if not kind then refuse("{keeper} {keeper:does} not sell that.", {keeper = self}) end
  self:can_sell(who, kind)
  local price = self.prices[kind]
  who:spend(price, self)
  local goods = create(kind, who)
  if isa(goods, "coin") then error "money is not for sale" end
  who:announce("{who} {who:buys} {a goods} from {keeper} for {count n coin}.",
    {who = who, goods = goods, keeper = self, n = price})
  self:say(self.thanks)
end

--- Whether somebody may buy such a thing.
function self:can_sell() end

--- The words for a class of goods: "oil flask" for oil_flask.
function self:name_of(kind)
  return (kind:gsub("_", " "))
end

--- The class of goods that these words mean: all of its name, or one word of it.
function self:kind_of(words)
  local wanted = words:lower():gsub("^an? ", ""):gsub("^the ", ""):gsub("^some ", "")
  local whole = wanted:gsub(" ", "_")
  if self.prices[whole] then return whole end
  for kind in pairs(self.prices) do
    if ("_" .. kind .. "_"):find("_" .. wanted .. "_", 1, true) then return kind end
  end
end
