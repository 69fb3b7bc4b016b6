--- A player's character.
inherit "person"
use("advising", "explaining", "messaging", "presence", "paying", "choosing", "ignoring",
  "chatting", "chairing", "following", "grouping", "reporting", "measuring", "moderating",
  "guarding", "building", "creating", "describing", "showing", "digging", "settling",
  "programming", "reverting", "exchanging", "tracing", "undoing", "founding")
property.name = "newcomer"
property.proper = true
transient.unnoticed = false                  --- Only programs play it yet, by ssh.
-- Private by their traits, and never stored: who has told whom is in no journal.
transient.told_by = optional "object"        --- Whom `reply` answers.
transient.invited_to = optional "party"      --- The last group that one was asked to join.

local LONGEST_VIEW <const> = 100000          -- Bytes of a place that one is shown at first.

--- Hook, may not change anything: a map of what clients show beside the text, like {health = 10}.
function self:vitals()
  return {}
end

--- A session of `service` begins, which is not the first one: the others read of it.
function private:tell_other_sessions(session)
  for _, other in ipairs(self:sessions()) do
    if other.id ~= session.id and other.service ~= "exec" then
      self:tell_session(other.id, "You are connected once more, by {service}.",
        {service = session.service})
    end
  end
end

--- The first session of this character has begun, or a further one: {id, service, since, idle,
--- width, colours, screen_reader}. What a program does by ssh ("exec") concerns nobody else.
function self:connected(session)
  local is_first, was_lost = #self:sessions() == 1, self.lost_since > 0
  if was_lost then self.lost_since = 0 end
  if session.service == "exec" then
    if is_first and not was_lost then self.unnoticed = true end
  elseif was_lost then
    self:announce("{who} {who:is} attentive again.", {who = self}, {except = self})
    self:tell_session(session.id, "Welcome back, {name}.", {name = self.name})
  elseif is_first or self.unnoticed then
    self.unnoticed = false
    self:announce("{who} {who:wakes} up.", {who = self}, {except = self, kind = "arrival"})
    self:tell_session(session.id, "Welcome, {name}. {!help|Help} tells you what you can do.",
      {name = self.name})
  else
    self:tell_other_sessions(session)
  end
end

--- The same session looks around, in a call of its own: whatever is wrong with the place, one has
--- been greeted.
function self:came_in(session)
  local here = self.location
  if not here or session.service == "exec" then return end
  local view = here:look(self)
  if #text.plain(view, self) > LONGEST_VIEW then
    object("moderation"):tell_wizards(text("{#warn What one sees of {here} (#{id}) is too long.}",
      {here = here, id = here.id}))
    view = "Something is wrong with this place; the wizards are told."
  end
  self:tell_session(session.id, view)
end

--- The connection dropped: for a while the character stays where it is.
function self:link_lost()
  self.lost_since = now()
  self:announce("{who} {who:stares} into space.", {who = self}, {except = self})
end

--- The last session has ended, for a reason: "quit", or what became of the connection.
function self:disconnected()
  self.lost_since = 0
  self:stop_following()
  for _, follower in ipairs(self:follower_list()) do follower:stop_following() end
  if self.unnoticed then
    self.unnoticed = false
    return
  end
  self:announce("{who} {who:falls} asleep and {who:is} carried off to bed.", {who = self},
    {except = self, kind = "departure"})
end
