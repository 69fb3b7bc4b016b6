-- Runs the package without Mudlet: lua5.4 gyre_test.lua, from this folder. What it would draw is
-- written down.

local events, sent, rooms, exits, chat, gauges = {}, {}, {}, {}, {}, {}
local areas, centre, fresh_area = {}, nil, 1

function registerAnonymousEventHandler(event, name)
  events[event] = name
  return event
end
function killAnonymousEventHandler(event) events[event] = nil end
function sendGMCP(message) sent[#sent + 1] = message end
function getAreaTable() return areas end
function addAreaName(name)
  areas[name], fresh_area = fresh_area, fresh_area + 1
  return areas[name]
end
function roomExists(id) return rooms[id] ~= nil end
function addRoom(id) rooms[id] = {} end
function setRoomArea(id, area) rooms[id].area = area end
function getRoomArea(id) return rooms[id].area end
function setRoomCoordinates(id, x, y, z) rooms[id].at = {x, y, z} end
function getRoomCoordinates(id) return table.unpack(rooms[id].at) end
function setRoomName(id, name) rooms[id].name = name end
function setRoomEnv(id, environment) rooms[id].environment = environment end
function setExit(from, to, direction) exits[from .. direction] = to end
function setExitStub(from, direction) exits[from .. direction] = "stub" end
function addSpecialExit(from, to, command) exits[from .. command] = to end
function centerview(id) centre = id end
function getTime() return "12:00" end

local function widget(options)
  return {
    options = options,
    echo = function(_, text) chat[#chat + 1] = text end,
    setColor = function() end,
    setValue = function(_, now, most, text) gauges[options.name] = {now, most, text} end,
    hide = function(self) self.hidden = true end,
    show = function(self) self.hidden = false end,
  }
end
local maker = {new = function(_, options) return widget(options) end}
Geyser = {Gauge = maker, VBox = maker, Mapper = maker, MiniConsole = maker}
Adjustable = {Container = maker}
gmcp = {Room = {}, Char = {}, Comm = {Channel = {}}}

-- Calls what is registered for an event, as Mudlet does with the name of a function.
local function raise(event, ...)
  local act = _G
  for part in assert(events[event], event):gmatch "[^.]+" do act = act[part] end
  act(event, ...)
end

dofile "gyre.lua"
assert(sent[1]:find '"Room 1"', "the package asks for what it shows")

gmcp.Room.Info = {num = 7, name = "Square", area = "Town", environment = "outdoors",
  exits = {n = 8, gate = 9}}
raise "gmcp.Room.Info"
assert(centre == 7 and rooms[7].name == "Square" and rooms[7].environment == 258)
assert(exits["7n"] == "stub" and exits["7gate"] == nil)

gmcp.Room.Info = {num = 8, name = "Market", area = "Town", environment = "outdoors",
  exits = {s = 7}}
raise "gmcp.Room.Info"
assert(exits["7n"] == 8 and exits["8s"] == 7 and centre == 8)
assert(rooms[8].at[2] == rooms[7].at[2] + 1, "what lies north is drawn above")

gmcp.Room.Info = {num = 0, name = "Darkness", area = "", exits = {}}
raise "gmcp.Room.Info"
assert(centre == 8 and rooms[0] == nil, "the dark is not drawn")

gmcp.Char.Vitals = {hp = 5, maxhp = 10, mana = "3", max_mana = "4", mood = "calm", level = 3}
raise "gmcp.Char.Vitals"
assert(gauges.gyre_gauge_hp[1] == 5 and gauges.gyre_gauge_hp[2] == 10)
assert(gauges.gyre_gauge_mana[3] == "mana 3/4" and not gauges.gyre_gauge_level)
gmcp.Char.Vitals = {hp = -2, maxhp = 10}
raise "gmcp.Char.Vitals"
assert(gauges.gyre_gauge_hp[1] == 0, "less than nothing is nothing")

gmcp.Comm.Channel.Text = {channel = "public", talker = "Bob", text = "[public] Bob: 100% {hi}"}
raise "gmcp.Comm.Channel.Text"
assert(chat[1] == "12:00 [public] Bob: 100% {hi}\n")

raise("sysProtocolEnabled", "MSDP")
assert(#sent == 1)
raise("sysProtocolEnabled", "GMCP")
assert(#sent == 2)
dofile "gyre.lua"                              -- Installed anew: one handler each.
raise("sysUninstallPackage", "another")
assert(events["gmcp.Room.Info"])
raise("sysUninstallPackage", "gyre")
assert(not next(events) and gyre.window.hidden)
print "the Mudlet package works without Mudlet"
