--- Trait of players: settings, which each chooses for himself.

--- What can be chosen: name, kind ("switch" or "number"), default, most (of a number), help.
property.known_settings = {
  {name = "brief", kind = "switch", default = false,
   help = "Walking shows the name of a place, its exits and who is there, no description."},
  {name = "pay", kind = "number", default = 0, most = 10000,
   help = "You are not asked before you pay so many coins or fewer."},
  {name = "tells", kind = "switch", default = true, help = "Others may speak to you with tell."},
  {name = "followers", kind = "switch", default = true, help = "Others may follow you."},
  {name = "invitations", kind = "switch", default = true,
   help = "Others may invite you to groups."},
}
private.chosen_settings = {}                 --- {name -> value}, what differs from the default.

--- What this player chose for a setting.
function self:setting(name)
  local chosen = self.chosen_settings[name]
  if chosen ~= nil then return chosen end
  return self:known_setting(name).default
end

--- Lists your settings. Those of your terminal (width, colours, charset, screenreader, links) are
--- set in the same way, and hold wherever you log in: set width 100; set width auto: as your client
--- says.
verb "settings"
function self:list_settings(who)
  local rows = {}
  for _, known in ipairs(self.known_settings) do
    rows[#rows + 1] = {known.name, self:shown_setting(known), known.help}
  end
  who:tell(text.lines{
    text.table(rows, {"setting", "is", "what it does"}),
    "Say set NAME VALUE. {!help settings|Help settings} tells of those of your terminal."
  })
end

--- Shows one of your settings: settings brief.
verb "settings word"
function self:show_setting(who, name)
  local known = self:known_setting(name:lower())
  if not known then return self:refuse_setting(name) end
  who:tell("{name} is {value}. {help}",
    {name = known.name, value = self:shown_setting(known), help = known.help})
end

--- Chooses a setting: set brief on, set pay 10.
verb "settings word text"
verb("set word [to] text", {priority = -1})
function self:choose_setting(who, name, value, how)
  who:check_sender(caller())
  local known = self:known_setting(name:lower())
  if not known then
    if how.verb == "set" then decline() end
    return self:refuse_setting(name)
  end
  local chosen = self:read_setting(known, value:lower())
  self.chosen_settings[known.name] = chosen
  if chosen == known.default then self.chosen_settings[known.name] = nil end
  who:tell("{name} is {value} now.", {name = known.name, value = self:shown_setting(known)})
end

--- The entry of `known_settings`, or nil.
function private:known_setting(name)
  for _, known in ipairs(self.known_settings) do
    if known.name == name then return known end
  end
end

--- Refuses, and names what there is.
function private:refuse_setting(name)
  local names = {}
  for _, known in ipairs(self.known_settings) do names[#names + 1] = known.name end
  refuse("There is no setting {name}. There are {names}.",
    {name = name, names = table.concat(names, ", ")})
end

--- The value that these words mean; refuses if they mean none.
function private:read_setting(known, words)
  if known.kind == "switch" then
    if words == "on" or words == "yes" then return true end
    if words == "off" or words == "no" then return false end
    refuse("{name} is on or off.", {name = known.name})
  end
  local value = math.tointeger(tonumber(words))
  if not value or value < 0 or value > known.most then
    refuse("{name} is a number from 0 to {most}.", {name = known.name, most = known.most})
  end
  return value
end

--- Its value as one reads it.
function private:shown_setting(known)
  local value = self:setting(known.name)
  if known.kind == "switch" then return value and "on" or "off" end
  return tostring(value)
end
