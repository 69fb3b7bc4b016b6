--- Trait of players: groups, to talk and travel together.
private.group = optional "party"             --- The group that one belongs to.
private.invited_to = optional "party"        --- The last one that one was asked to join.

local HELP <const> =
  "You are in no group. Say group invite NAME to begin one, or group join when you were invited."

local function group_of(who)
  return who.group or refuse(HELP)
end

local function led_by(who)
  local group = group_of(who)
  if group.leader ~= who then refuse("Only {name} may do that.", {name = group.leader.name}) end
  return group
end

--- Shows your group.
verb "group"
function self:show_group(who)
  local names = {}
  local group = group_of(who)
  for _, member in ipairs(group:members()) do
    local note = member == group.leader and " (leads)" or ""
    names[#names + 1] = member.name .. note .. (member.connected and "" or " (not here)")
  end
  who:tell("Your group: {names}. Say gtell TEXT to speak to it.",
    {names = table.concat(names, ", ")})
end

--- Asks somebody into your group, or begins one: group invite bob.
verb "group invite player"
function self:invite_to_group(who, whom)
  who:check_sender(caller())
  if whom == who then refuse "You are in your own company already." end
  if not whom.connected then refuse("{name} is not here now.", {name = whom.name}) end
  if not whom:setting "invitations" or whom:ignores(who) then
    refuse("{name} does not want to be invited.", {name = whom.name})
  end
  if who.group and whom.group == who.group then
    refuse("{name} is in your group already.", {name = whom.name})
  end
  if not who.group then create("party"):add(who) end
  led_by(who):expect(whom)
  whom.invited_to = who.group
  whom:tell("{name} invites you to a group. Say {!group join}, or do nothing.", {name = who.name})
  who:tell("You have invited {name}.", {name = whom.name})
end

--- Joins the group that you were invited to last.
verb "group join"
function self:join_group(who)
  who:check_sender(caller())
  local group = who.invited_to
  if not group then refuse "Nobody has invited you to a group." end
  if who.group then refuse "Leave your group first: group leave." end
  who.invited_to = nil
  group:tell_all(text("{name} joins the group.", {name = who.name}))
  group:add(who)
  who:tell("You are in the group of {name} now.", {name = group.leader.name})
end

--- Leaves your group.
verb "group leave"
function self:leave_group(who)
  who:check_sender(caller())
  local group = group_of(who)
  who:tell "You leave the group."
  group:remove(who)
  if exists(group) then group:tell_all(text("{name} leaves the group.", {name = who.name})) end
end

--- Sends somebody away from the group that you lead: group remove bob.
verb "group remove player"
function self:remove_from_group(who, whom)
  who:check_sender(caller())
  local group = led_by(who)
  if whom == who then refuse "Say group leave." end
  if whom.group ~= group then refuse("{name} is not in your group.", {name = whom.name}) end
  group:tell_all(text("{name} is no longer in the group.", {name = whom.name}))
  group:remove(whom)
end

--- Lets somebody else lead the group: group lead bob.
verb "group lead player"
function self:hand_over_group(who, whom)
  who:check_sender(caller())
  local group = led_by(who)
  if whom.group ~= group then refuse("{name} is not in your group.", {name = whom.name}) end
  group.leader = whom
  group:tell_all(text("{name} leads the group now.", {name = whom.name}))
end

--- Speaks to your group, wherever they are: gtell wait for me.
verb "gtell|g text"
function self:tell_group(who, words)
  who:check_sender(caller())
  who:check_voice()
  group_of(who):tell_all(text("{#say [group]} {name}: {#say {words}}",
    {name = who.name, words = words}), who)
end
