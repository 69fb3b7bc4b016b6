--- Trait of players: what wizards do about the doors: bans, and stopping the world.

local function note(who, action, words)
  object("moderation"):note(who, action, words)
end

--- Keeps an account or an address out: ban bob 3 because he swears, ban bob for 12 hours, ban
--- 192.0.2.0/24. A number alone is days; without one it is for ever. Whoever is here of them is
--- sent away.
verb("ban word [because text]", {role = "wizard"})
verb("ban word number [word] [because text]", {role = "wizard"})
verb("ban word for number [word] [because text]", {role = "wizard"})
function self:ban_from_world(who, mask, n, unit, why, how)
  who:check_sender(caller())
  if not how then n, unit, why = nil, nil, n end
  local seconds, words = who:span_of(n, unit, "day")
  local span = words and " for " .. words or " for ever"
  local player = world:find_player(mask)
  if player and player.role == "wizard" then refuse "Wizards are not banned." end
  local known, wrong = system.ban(player and player.account.name or mask,
    {seconds = seconds, reason = why})
  if not known then refuse("{wrong}", {wrong = wrong}) end
  note(who, "banned", known .. span .. (why and ", because " .. why or ""))
  local is_name = not player and known:find "^%a[%w_-]*$"
  who:tell(is_name
    and "Nobody is called {mask}. Whoever comes by that name is banned all the same{span}."
    or "{mask} is banned{span}.", {mask = known, span = span})
end

--- Lets an account or an address in again: unban bob.
verb("unban word", {role = "wizard"})
function self:unban_from_world(who, mask)
  who:check_sender(caller())
  local player = world:find_player(mask)
  mask = player and player.account.name or mask
  if not system.unban(mask) then
    refuse("{mask} is not banned. {!bans} lists who is.", {mask = mask})
  end
  note(who, "unbanned", mask)
  who:tell("{mask} may come again.", {mask = mask})
end

--- Lists the bans.
verb("bans", {role = "wizard"})
function self:list_world_bans(who)
  who:check_sender(caller())
  local rows = {}
  for _, ban in ipairs(system.bans()) do
    rows[#rows + 1] = {ban.mask, ban.ends and time.format(ban.ends, "%Y-%m-%d %H:%M") or "for ever",
      ban.reason, ban.by}
  end
  if #rows == 0 then return who:tell "Nobody is banned." end
  who:tell(text.table(rows, {"who", "until", "because", "by"}))
end

-- What somebody reads who gets that role; nil if there is none of that name.
local function news_of(role)
  if role == "player" then return text "You are a player like any other now." end
  if role == "wizard" then
    return text "You are a wizard now. {!wizard on} turns your rights on."
  end
  if role ~= "builder" then return nil end
  return text("You are a builder now. {!help create} tells how things are made, {!help dig} how " ..
    "rooms are.")
end

--- Says what somebody may do: promote bob to builder (player, builder or wizard).
verb("promote player to word", {role = "wizard"})
verb("role player word", {role = "wizard"})
function self:promote(who, whom, role)
  who:check_sender(caller())
  role = role:lower()
  local news = news_of(role)
  if not news then refuse "A role is player, builder or wizard." end
  if whom == who then refuse "Another wizard decides about you." end
  if whom.role == role then
    refuse("{name} is a {role} already.", {name = whom.name, role = role})
  end
  local before, wrong = system.set_role(whom, role)
  if not before then refuse("{wrong}.", {wrong = wrong}) end
  note(who, "made", whom.name .. " a " .. role .. ", who was a " .. before)
  whom:tell(news)
  who:tell("{name} is a {role} now.", {name = whom.name, role = role})
end

--- Stops the world after a while, and tells everybody: shutdown in 10 because of repairs, shutdown
--- in 2 hours. A number alone is minutes; 0 is at once.
verb("shutdown in number [word] [because text]", {role = "wizard"})
function self:shut_down(who, n, unit, why)
  who:check_sender(caller())
  local seconds, words = 0, "0 minutes"
  if n > 0 then seconds, words = who:span_of(n, unit, "minute") end
  system.shutdown(seconds, why)
  note(who, "stops the world", "in " .. words .. (why and ", because " .. why or ""))
end

--- Lets the world go on after all.
verb("shutdown cancel", {role = "wizard"})
function self:cancel_shutdown(who)
  who:check_sender(caller())
  if not system.cancel_shutdown() then refuse "The world is not about to stop." end
  note(who, "lets the world go on", "")
end
