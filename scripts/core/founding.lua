--- Trait of builders: making channels, and closing one's own.

local most_channels <const> = 3              -- Of one founder.
local longest_name <const> = 20

-- Refuses unless a channel may be called that.
local function check_name(who, name)
  if not name:match "^[a-z][a-z0-9_]*$" or #name > longest_name then
    refuse("A channel's name is one word of up to {n} small letters and digits.",
      {n = longest_name})
  end
  for _, entry in ipairs(who:verbs(who)) do
    for _, word in ipairs(entry.words) do
      if word == name then refuse("{name} means something else: choose another.", {name = name}) end
    end
  end
  if world:channel(name) then refuse("There is a channel {name} already.", {name = name}) end
end

--- Makes a channel, of which you are an operator: channel create gardening.
verb("channel create word", {role = "builder"})
function self:create_channel(who, name)
  who:check_typed(caller())
  name = name:lower():gsub("^#", "")
  who:check_voice()
  check_name(who, name)
  local founded = 0
  for _, channel in ipairs(object("switchboard"):list()) do
    if channel.founder == who then founded = founded + 1 end
  end
  if founded >= most_channels and not who:has_role "wizard" then
    refuse("You have made {n} channels: {!help channel} tells how one is closed.", {n = founded})
  end
  local channel = create("channel", nil, {name = name, founder = who})
  channel:join(who)
  channel:promote(who)
  who:tell("Others come by: join {name}. {!help mode} and {!help topic} tell how it is kept.",
    {name = name})
end

--- Closes a channel that you made; a wizard closes any that was made in the game: channel close
--- gardening.
verb("channel close word", {role = "builder"})
function self:close_channel(who, name)
  who:check_typed(caller())
  local channel = world:channel(name)
  if not channel then refuse("There is no channel {name}.", {name = name}) end
  local founder = channel.founder
  local is_made = channel.class == "channel" and not channel.owner
  if not is_made or founder ~= who and not who:has_role "wizard" then
    refuse("{name} is not yours to close.", {name = channel.name})
  end
  channel:tell_members(text("{#say [{channel}]} {name} closes the channel.",
    {channel = channel.name, name = who.name}))
  destroy(channel)
  who:tell("{name} is closed.", {name = name})
end
