-- What Mudlet shows of Gyre beside the text: a map that draws itself, gauges, and a tab for
-- channels. Everything comes by GMCP: Room.Info, Char.Vitals, Comm.Channel.Text.

gyre = gyre or {}
local gyre = gyre

-- The map ---------------------------------------------------------------------------------------

-- Where a room is drawn that lies that way.
gyre.steps = {
  n = {0, 1, 0}, s = {0, -1, 0}, e = {1, 0, 0}, w = {-1, 0, 0}, u = {0, 0, 1}, d = {0, 0, -1},
  ne = {1, 1, 0}, nw = {-1, 1, 0}, se = {1, -1, 0}, sw = {-1, -1, 0},
}
gyre.environments = {outdoors = 258, indoors = 262}

-- The number of the area of this name, made if there is none.
function gyre.area(name)
  if name == "" then name = "Gyre" end
  return getAreaTable()[name] or addAreaName(name)
end

-- Where to draw a new room: a step from a room that is known and leads to it, else at the middle.
function gyre.place_for(info)
  for direction, other in pairs(info.exits) do
    local step = gyre.steps[direction]
    if step and roomExists(other) and getRoomArea(other) == gyre.area(info.area) then
      local x, y, z = getRoomCoordinates(other)
      return x - step[1], y - step[2], z - step[3]
    end
  end
  return 0, 0, 0
end

-- Draws what is new of a room and of the ways out of it.
function gyre.draw(info)
  local id = info.num
  if not roomExists(id) then
    addRoom(id)
    setRoomArea(id, gyre.area(info.area))
    setRoomCoordinates(id, gyre.place_for(info))
  end
  setRoomName(id, info.name)
  local environment = gyre.environments[info.environment]
  if environment then setRoomEnv(id, environment) end
  for direction, other in pairs(info.exits) do
    if not gyre.steps[direction] then
      if roomExists(other) then addSpecialExit(id, other, direction) end
    elseif roomExists(other) then
      setExit(id, other, direction)
    else
      setExitStub(id, direction, true)
    end
  end
end

-- The exits of the room before, which were stubs as long as this room was not there.
function gyre.join(before, info)
  if not before or before.num == 0 then return end
  for direction, other in pairs(before.exits) do
    if other == info.num then
      if gyre.steps[direction] then
        setExit(before.num, other, direction)
      else
        addSpecialExit(before.num, other, direction)
      end
    end
  end
end

function gyre.room_came()
  local info = gmcp.Room.Info
  if info.num == 0 then return end           -- It is too dark to see where one is.
  info.exits = info.exits or {}
  gyre.draw(info)
  gyre.join(gyre.here, info)
  gyre.here = {num = info.num, exits = info.exits}
  centerview(info.num)
end

-- Gauges ----------------------------------------------------------------------------------------

gyre.gauges = gyre.gauges or {}
gyre.colours = {{160, 40, 40}, {40, 70, 160}, {40, 130, 60}, {150, 120, 30}}

-- {name, now, most} of each pair like hp and maxhp, or health and max_health, by name.
function gyre.measures(vitals)
  local list = {}
  for name, now in pairs(vitals) do
    local most = tonumber(vitals["max" .. name] or vitals["max_" .. name])
    if tonumber(now) and most and most > 0 then list[#list + 1] = {name, tonumber(now), most} end
  end
  table.sort(list, function(a, b) return a[1] < b[1] end)
  return list
end

function gyre.vitals_came()
  gyre.build_window()
  for number, measure in ipairs(gyre.measures(gmcp.Char.Vitals)) do
    local name, now, most = measure[1], measure[2], measure[3]
    local gauge = gyre.gauges[name]
    if not gauge then
      gauge = Geyser.Gauge:new({name = "gyre_gauge_" .. name, x = 0, y = 0, width = "100%",
        height = 20}, gyre.gauge_box)
      local colour = gyre.colours[(number - 1) % #gyre.colours + 1]
      gauge:setColor(colour[1], colour[2], colour[3])
      gyre.gauges[name] = gauge
    end
    gauge:setValue(math.max(0, math.min(now, most)), most, ("%s %d/%d"):format(name, now, most))
  end
end

-- The tab of channels ---------------------------------------------------------------------------

function gyre.channel_came()
  gyre.build_window()
  local line = gmcp.Comm.Channel.Text
  gyre.chat:echo(("%s %s\n"):format(getTime(true, "hh:mm"), line.text))
end

-- The window ------------------------------------------------------------------------------------

function gyre.build_window()
  if gyre.window then return end
  local function box(name, y, height)
    return {name = "gyre_" .. name, x = 0, y = y, width = "100%", height = height}
  end
  gyre.window = Adjustable.Container:new({name = "gyre_window", titleText = "Gyre", x = "-35%",
    y = 0, width = "35%", height = "100%"})
  gyre.map = Geyser.Mapper:new(box("map", 0, "50%"), gyre.window)
  gyre.gauge_box = Geyser.VBox:new(box("gauges", "50%", "15%"), gyre.window)
  local chat = box("chat", "65%", "35%")
  chat.autoWrap, chat.scrollBar, chat.fontSize = true, true, 10
  gyre.chat = Geyser.MiniConsole:new(chat, gyre.window)
end

-- Mudlet itself asks for some of this only.
function gyre.protocol_came(_, protocol)
  if protocol ~= "GMCP" then return end
  sendGMCP('Core.Supports.Add ["Char 1","Char.Items 1","Room 1","Comm.Channel 1"]')
end

function gyre.stop()
  for _, handler in ipairs(gyre.handlers or {}) do killAnonymousEventHandler(handler) end
  gyre.handlers = {}
  if gyre.window then gyre.window:hide() end
end

function gyre.start()
  gyre.stop()
  local function on(event, act)
    table.insert(gyre.handlers, registerAnonymousEventHandler(event, act))
  end
  on("gmcp.Room.Info", "gyre.room_came")
  on("gmcp.Char.Vitals", "gyre.vitals_came")
  on("gmcp.Comm.Channel.Text", "gyre.channel_came")
  on("sysProtocolEnabled", "gyre.protocol_came")
  on("sysUninstallPackage", "gyre.uninstalled")
  if gyre.window then gyre.window:show() else gyre.build_window() end
  gyre.protocol_came(nil, "GMCP")            -- Installed while connected.
end

function gyre.uninstalled(_, package)
  if package == "gyre" then gyre.stop() end
end

-- So that Mudlet's own mapper leaves this game to us.
mudlet = mudlet or {}
mudlet.mapper_script = true
gyre.start()
