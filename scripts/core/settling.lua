--- Trait of builders: two who edit the same at the same time.

local looked_at <const> = 20                 -- Of the last calls, for who changed it.

local function holds(list, name)
  for _, each in ipairs(list) do
    if each == name then return true end
  end
  return false
end

-- Who changed that property, or one of the classes that are asked about, last: "Alice has".
local function last_changer(who, name, past)
  local question = {object = past.object, classes = past.classes, limit = looked_at}
  for _, call in ipairs(who:past_calls(question)) do
    if past.classes and #call.classes > 0 or holds(call.properties, name) then
      if call.who == who then return "You have" end
      return (call.who and call.who.name or "Somebody") .. " has"
    end
  end
  return "Somebody has"
end

--- Somebody changed meanwhile what this player has edited: says who, and asks what shall be.
--- `read` gives it as it is, `past` is what past_calls looks for. "mine", "theirs" or "edit on".
function self:settle_edits(name, read, past)
  while true do
    local seen = read()
    local prompt = text("{who} changed {name} while you edited it. What shall be?",
      {who = last_changer(self, name, past), name = name})
    local choice = self:choose(prompt, {"keep mine", "keep theirs", "edit on"})
    if choice == "keep theirs" then
      self:tell("{name} stays as it is now.", {name = name})
      return "theirs"
    end
    if choice == "edit on" then return "edit on" end
    if read() == seen then return "mine" end
  end
end
