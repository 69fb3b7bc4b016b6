--- Trait of players: what all builders' commands need. Each of these commands acts with the rights
--- of whoever types it, so none can be called by code.

-- Otherwise somebody's code could build and destroy in the name of whoever touches it.
local function must_be_typed(sender)
  if sender then
    error "builders' commands are typed: code calls create, move_to and the like itself"
  end
end

--- An error if code of `sender` calls a command that must be typed.
function self:check_typed(sender)
  must_be_typed(sender)
end

local function by_number(number)
  local found, thing = pcall(object, number)
  return found and exists(thing) and thing or nil
end

--- What the words name to a builder: something at hand, "here", "me", a number such as #12, or the
--- fixed name of an object of the world. Nil, and why, if it is nothing.
function self:named(words)
  local plain = words:lower()
  if plain == "here" then return self.location end
  if plain == "me" or plain == "myself" then return self end
  local number = plain:match "^#(%d+)$"
  if number then
    local thing = by_number(math.tointeger(tonumber(number)))
    if thing then return thing end
    return nil, text("There is no #{n}.", {n = number})
  end
  local thing, reason = self:find(words)
  if thing then return thing end
  if plain:match "^[a-z][a-z0-9_]*$" then thing = by_number(plain) end
  if thing then return thing end
  return nil, text("{words}: {reason}.", {words = words, reason = reason})
end

--- The same, and refuses if it is nothing.
function self:must_name(words)
  local thing, reason = self:named(words)
  if not thing then refuse(reason) end
  return thing
end

--- The same, and refuses if it is not this player's to change.
function self:must_own(words)
  local thing = self:must_name(words)
  if not thing:writable_by(self) then
    refuse("{the thing} is not yours to change.", {thing = thing})
  end
  return thing
end

--- Refuses what is no name, or too long for one: everybody reads it again and again. Names are
--- words: whoever is silenced gives none.
function self:check_name(name)
  self:check_voice()
  if not name:find "%S" then refuse "A name needs letters." end
  if #name > 80 then refuse "A name has at most 80 letters: describe the rest." end
end

--- "the brass lamp (#127)", for builders.
function self:label(thing)
  if self:sees(thing) then return text("{the thing} (#{id})", {thing = thing, id = thing.id}) end
  return text("{name} (#{id})", {name = thing.name, id = thing.id})
end
