--- Trait of players: keeping order on a channel that one is an operator of.

local function channel_of(name)
  return world:channel(name) or decline("There is no channel {name}.", {name = name})
end

--- Sets what a channel is about: topic public The weather.
verb "topic word text"
function self:set_channel_topic(who, name, words)
  who:check_sender(caller())
  channel_of(name):set_topic(who, words)
end

--- Puts somebody off a channel: kick bob from public because he shouts.
verb "kick player from word [because text]"
function self:kick_from(who, whom, name, why)
  who:check_sender(caller())
  channel_of(name):kick(who, whom, why)
end

--- Asks somebody to come to a channel: invite bob to public.
verb "invite player to word"
function self:invite_to(who, whom, name)
  who:check_sender(caller())
  channel_of(name):invite(who, whom)
end

--- Sets a mode of a channel, or one of somebody on it: mode public moderated, mode public moderated
--- off, mode public voice for bob. Modes: moderated, invite_only, secret, open_topic, limit, key;
--- for people: operator, voice, no_operator, no_voice.
verb "mode word word [off]"
verb "mode word word for player"
function self:set_channel_mode(who, name, mode, whom, how)
  who:check_sender(caller())
  how = how or whom
  local value = type(whom) == "object" and whom or not how.line:lower():find "%soff%s*$"
  channel_of(name):set_mode(who, mode, value)
end

--- Lets at most so many be on a channel: mode public limit 30; limit off: as many as like.
verb "mode word limit number"
function self:set_channel_limit(who, name, n)
  who:check_sender(caller())
  channel_of(name):set_mode(who, "limit", n)
end

--- Lets only those come to a channel who know a word: mode public key sesame; key off: everybody.
verb "mode word key word"
function self:set_channel_key(who, name, word)
  who:check_sender(caller())
  channel_of(name):set_mode(who, "key", word:lower() ~= "off" and word)
end

--- Keeps somebody off a channel: ban bob from public because he shouts.
verb "ban player from word [because text]"
function self:ban_from(who, whom, name, why)
  who:check_sender(caller())
  local channel = channel_of(name)
  if not channel:is_operator(who) then refuse("You keep no order on {name}.", {name = name}) end
  if why then who:check_voice() end
  channel:ban(whom, {reason = why})
  who:tell("{name} cannot come to {channel} any more.", {name = whom.name, channel = channel.name})
end

--- Lets somebody onto a channel again: unban bob from public.
verb "unban player from word"
function self:unban_from(who, whom, name)
  who:check_sender(caller())
  local channel = channel_of(name)
  if not channel:is_operator(who) then refuse("You keep no order on {name}.", {name = name}) end
  if not channel:unban(whom) then refuse("{name} is not banned there.", {name = whom.name}) end
  who:tell("{name} may come to {channel} again.", {name = whom.name, channel = channel.name})
end
