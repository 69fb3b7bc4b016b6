--- Old Tom mends nets at the harbour and knows where everybody went.
inherit "npc"
singleton "tom"
property.name = "Old Tom"
property.proper = true
property.pronouns = "he"
property.names = {"tom", "fisherman", "man"}
property.description = "More beard than man. His hands go on mending whatever his eyes are doing."
place "harbour"

--- Nods to whoever passes.
function self:noticed(event)
  if event.kind ~= "arrival" or not isa(event.who, "player") then return end
  self:announce("{tom} {tom:nods} to {who} without looking up.", {tom = self, who = event.who})
end

--- Answers what he is asked.
function self:heard(who, words)
  if who == self or not isa(who, "player") then return end
  local line = words:lower()
  if line:find "keeper" or line:find "lighthouse" or line:find "key" then
    self:say "He went up one night to trim the lamp. His key will be up there yet."
  elseif line:find "whistle" then
    self:say "His whistle? In the box, where else. He never trusted a pocket."
  elseif line:find "hello" or line:find "good" then
    self:say "Aye."
  end
end
