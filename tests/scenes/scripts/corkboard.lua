--- Keeps slips of paper, newest first, and takes only so many.
inherit "thing"
property.name = "corkboard"
property.slips = {}                          --- List of {name, title, body, at}.
property.most = 2

verb("read this", {reach = "see"})
function self:read(who)
  if #self.slips == 0 then return who:tell("{it} is bare.", {it = self}) end
  for i, slip in ipairs(self.slips) do
    who:tell("{i}. {#strong {title}} ({name}, {ago})\n\n{body}",
      {i = i, title = slip.title, name = slip.name, ago = time.ago(slip.at), body = slip.body})
  end
end

verb "tack text on this"
function self:tack(who, title)
  if #self.slips >= self.most then refuse "There is no room left." end
  self:add(who.name, title, who:edit("Your slip:"))
  self:announce("{who} {who:tacks} a slip to {it}.", {who = who, it = self})
end

function private:add(name, title, body)
  table.insert(self.slips, 1, {name = name, title = title, body = body, at = now()})
end
