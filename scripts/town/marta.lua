--- Marta keeps the tavern, and an eye on the cellar door.
inherit "npc"
singleton "marta"
property.name = "Marta"
property.proper = true
property.pronouns = "she"
property.names = {"keeper", "landlady", "woman"}
property.description = "Broad, quick and grey, with a towel over one shoulder. Nothing happens "
  .. "here that she misses."
property.greeted = {}
place "tavern"

--- Greets whoever comes in, each once.
function self:noticed(event)
  local who = event.who
  if event.kind ~= "arrival" or not isa(who, "player") or self.greeted[who] then return end
  self.greeted[who] = true
  self:say "Come in, come in. Take a lamp if you go downstairs, it is black as a boot there."
end

--- Answers what she is asked.
function self:heard(who, words)
  if who == self or not isa(who, "player") then return end
  local line = words:lower()
  if line:find "lamp" then
    self:say "The brass one. Bring it back, and mind the oil."
  elseif line:find "key" or line:find "box" then
    self:say "The box came with the house. The key went with the lighthouse keeper."
  elseif line:find "whistle" then
    self:say "Ask old Tom about whistles, and then find a chair."
  end
end
