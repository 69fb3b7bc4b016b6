-- What luacheck knows of the scripting API: Lua as the server offers it, and the globals of class files and tests.
std = {
  read_globals = {
    -- Lua itself, as far as the server has it.
    "assert", "error", "ipairs", "next", "pairs", "pcall", "select", "tonumber", "tostring", "type", "xpcall",
    math = {other_fields = true}, string = {other_fields = true}, table = {other_fields = true},
    utf8 = {other_fields = true},
    -- Declarations.
    "inherit", "use", "singleton", "place", "join", "optional", "one_of", "event", "verb", "before", "every", "daily",
    "super",
    -- Calls.
    "refuse", "decline", "try", "actor", "caller", "object", "exists", "isa", "create", "destroy", "after", "cancel",
    "wait", "now", "pick", "shuffle", "chance", "roll", "log", "page", "redirect", "feed", "reply",
    text = {other_fields = true}, time = {other_fields = true}, json = {other_fields = true},
    html = {other_fields = true}, world = {other_fields = true}, system = {other_fields = true},
  },
  globals = {
    -- Methods and properties are declared by assigning to these.
    self = {other_fields = true}, property = {other_fields = true}, private = {other_fields = true},
    transient = {other_fields = true},
  },
}
-- Hooks and events get all their arguments whether they want them or not; `self` is no exception.
ignore = {"212"}
max_line_length = 100

-- The Mudlet package runs in Mudlet's Lua; what it uses of it is listed.
files["clients/mudlet"] = {
  std = "lua54",
  globals = {"gyre", "mudlet"},
  read_globals = {
    "gmcp", "sendGMCP", "registerAnonymousEventHandler", "killAnonymousEventHandler", "getTime", "Geyser",
    "Adjustable", "getAreaTable", "addAreaName", "roomExists", "addRoom", "setRoomArea", "getRoomArea",
    "setRoomCoordinates", "getRoomCoordinates", "setRoomName", "setRoomEnv", "setExit", "setExitStub",
    "addSpecialExit", "centerview",
  },
}
files["clients/mudlet/config.lua"] = {globals = {"mpackage", "title", "author", "version", "description"}}
files["clients/mudlet/gyre_test.lua"] = {allow_defined_top = true, ignore = {"121", "122", "131", "143"}}

files["**/*_test.lua"] = {read_globals = {"test", "check"}}
