--- Trait of players: not hearing somebody.
private.ignored = {}                         --- {player -> true}

local MOST <const> = 100

--- Whether this player does not want to hear from `who`. Code of others may ask it of whoever began
--- this and of its owner.
function self:ignores(who)
  local sender = caller()
  if sender and who ~= sender and who ~= actor() then self:check_sender(sender) end
  return self.ignored[who] == true
end

--- Lists whom you ignore.
verb "ignore"
function self:list_ignored(who)
  local names = {}
  for other in pairs(who.ignored) do names[#names + 1] = other.name end
  if #names == 0 then refuse "You ignore nobody. Say ignore NAME to hear no more of somebody." end
  who:tell("You ignore {names}.", {names = table.concat(names, ", ")})
end

--- Hears nothing any more of what somebody says, shouts, whispers, tells or acts out: ignore bob.
verb "ignore player"
function self:ignore(who, whom)
  who:check_sender(caller())
  if whom == who then refuse "You cannot help hearing yourself." end
  if who.ignored[whom] then
    refuse("You ignore {name} already. Say unignore {name} to hear again.", {name = whom.name})
  end
  local count = 0
  for _ in pairs(who.ignored) do count = count + 1 end
  if count >= MOST then refuse "You ignore too many people already." end
  who.ignored[whom] = true
  who:tell("You ignore {name} from now on.", {name = whom.name})
end

--- Hears somebody again: unignore bob.
verb "unignore player"
function self:unignore(who, whom)
  who:check_sender(caller())
  if not who.ignored[whom] then refuse("You do not ignore {name}.", {name = whom.name}) end
  who.ignored[whom] = nil
  who:tell("You hear {name} again.", {name = whom.name})
end
