--- Trait of players: walking where somebody else walks.
transient.leader = optional "person"         --- Whom this player follows; all there saw it begin.
transient.followers = {}                     --- {player -> true}

local MOST <const> = 30

--- Walks along with somebody from now on: follow bob.
verb "follow person"
function self:follow(who, whom)
  who:check_sender(caller())
  if whom == who then refuse "You are with yourself already." end
  if not isa(whom, "player") then refuse("{whom} {whom:does} not want company.", {whom = whom}) end
  if who.leader == whom then refuse("You follow {whom} already.", {whom = whom}) end
  if not whom:setting "followers" or whom:ignores(who) then
    refuse("{whom} {whom:does} not want to be followed.", {whom = whom})
  end
  if #whom:follower_list() >= MOST then refuse("Too many follow {whom}.", {whom = whom}) end
  who:stop_following()
  who.leader = whom
  whom.followers[who] = true
  who:announce("{who} {who:follows} {whom}.", {who = who, whom = whom})
end

--- Goes your own way again.
verb "unfollow"
verb "stop following"
function self:unfollow(who)
  who:check_sender(caller())
  local leader = who.leader
  if not leader then refuse "You follow nobody." end
  who:stop_following()
  who:tell("You follow {name} no more.", {name = leader.name})
  leader:tell("{name} follows you no more.", {name = who.name})
end

--- Sends everybody away who follows you.
verb "lose followers"
function self:lose_followers(who)
  who:check_sender(caller())
  local list = who:follower_list()
  if #list == 0 then refuse "Nobody follows you." end
  for _, follower in ipairs(list) do
    follower:stop_following()
    follower:tell("{who} does not want to be followed.", {who = who})
  end
  who:tell "Nobody follows you now."
end

--- Those who follow this player, as a list.
function self:follower_list()
  local list = {}
  for follower in pairs(self.followers) do list[#list + 1] = follower end
  return list
end

--- Drops the leader.
function private:stop_following()
  local leader = self.leader
  if leader then leader.followers[self] = nil end
  self.leader = nil
end

--- This player has left a room by an exit: those who follow and saw it come along.
function self:lead_through(exit, from)
  if caller() then error "only exits lead followers" end
  for _, follower in ipairs(self:follower_list()) do
    if follower.location == from and follower.connected then
      local went, why = try(follower, "go", exit)
      if not went then follower:tell(why) end
    end
  end
end
