--- A pedlar with a price list, who can be beaten down.
singleton "pedlar"
inherit "npc"
property.name, property.proper, property.pronouns = "Odo", true, "he"
property.wares = {storm_lantern = 10, thimble = 2}
private.least = 0.5
private.deals = {}                           --- {player -> {ware -> coins}}
place "yard"

verb "wares [from this]"
function self:show_wares(who)
  local rows = {}
  for ware in pairs(self.wares) do rows[#rows + 1] = {ware, self:cost(who, ware)} end
  table.sort(rows, function(a, b) return a[2] < b[2] end)
  who:tell(text.table(rows, {"ware", "coins"}))
end

verb "purchase word [from this]"
function self:purchase(who, ware)
  who:pay(self:cost(who, ware), self, ware)
  local bought = create(ware, who)
  self:announce("{odo} {odo:hands} {who} {a bought}.", {odo = self, who = who, bought = bought})
end

verb "bargain [with this] over word"
function self:bargain(who, ware)
  local cost = self:cost(who, ware)
  self:say("{n} coins!", {n = cost})
  for _ = 1, 2 do
    local bid = tonumber(who:ask("Your bid: "))
    if not bid then refuse "He cups a hand behind his ear." end
    if bid >= cost * self.least then
      self.deals[who] = self.deals[who] or {}
      self.deals[who][ware] = math.ceil(bid)
      return self:say("{n}, and my blood.", {n = math.ceil(bid)})
    end
    self:say(pick {"Never."})
  end
  refuse("{odo} looks the other way.", {odo = self})
end

function private:cost(who, ware)
  local cost = self.wares[ware]
  if not cost then refuse("{odo} has no such thing.", {odo = self}) end
  return self.deals[who] and self.deals[who][ware] or cost
end
