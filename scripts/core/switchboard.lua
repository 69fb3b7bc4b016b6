--- Knows all channels by their names.
singleton "switchboard"
inherit "thing"
property.name = "switchboard"
private.channels = {}                        --- List of channels.

local MAX_CHANNELS <const> = 500
local MAX_OF_ONE <const> = 10

--- A channel comes into being.
function self:add(channel)
  if caller() or not isa(channel, "channel") then error "only channels add themselves" end
  local list, of_owner = self:list(), 0
  if #list >= MAX_CHANNELS then refuse "There are too many channels." end
  for _, each in ipairs(list) do
    if channel.owner and each.owner == channel.owner then of_owner = of_owner + 1 end
  end
  if of_owner >= MAX_OF_ONE then
    refuse("{who} {who:has} enough channels.", {who = channel.owner})
  end
  table.insert(self.channels, channel)
end

--- All channels, as a list.
function self:list()
  local list = {}
  for _, channel in ipairs(self.channels) do list[#list + 1] = channel end
  return list
end

--- The channel of this name, with or without a "#" before it; else nil and why.
function self:find(name)
  name = name:lower():gsub("^#", "")
  for _, channel in ipairs(self.channels) do
    if channel.name:lower() == name then return channel end
  end
  return nil, "there is no channel of that name"
end
