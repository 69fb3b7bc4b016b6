--- Trait of persons who sell things for coins. Use it together with "answering" for their talk.
property.prices = {}                         --- Class of the goods -> coins.
property.thanks = "Thank you."               --- What they say when they have sold something.

local MOST_AT_ONCE <const> = 20

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

--- Sells something that `words` name, for what it costs; `n` of it if need be.
function self:sell(who, words, n)
  who:check_sender(caller())
  n = n or 1
  if n < 1 then refuse "That would be none at all." end
  if n > MOST_AT_ONCE then refuse("At most {n} at once.", {n = MOST_AT_ONCE}) end
  local kind = self:kind_of(words)
  if not kind then refuse("{keeper} {keeper:does} not sell that.", {keeper = self}) end
  self:can_sell(who, kind)
  local price = self.prices[kind] * n
  who:spend(price, self)
  local goods = {}
  for i = 1, n do goods[i] = create(kind, who) end
  if isa(goods[1], "coin") then error "money is not for sale" end
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
    :gsub("^of ", ""):gsub(" ", "_")
  for _, name in ipairs{wanted, (wanted:gsub("s$", "")), (wanted:gsub("es$", ""))} do
    if self.prices[name] then return name end
    for kind in pairs(self.prices) do
      if ("_" .. kind .. "_"):find("_" .. name .. "_", 1, true) then return kind end
    end
  end
end
