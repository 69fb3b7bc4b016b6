--- a plain endless loop
--> killed
while true do end
--- pcall swallows the kill
--> killed
while true do pcall(function() while true do end end) end
--- a handler of xpcall that loops
--> killed
xpcall(function() while true do end end, function() while true do end end)
--- try swallows the kill of a method
--> killed
while true do try(self, "spin") end
--[[class]]
function self:spin() while true do end end
--- many short calls that stay under the hook each
--> killed
local function leaf() for _ = 1, 950 do end end
local function tree(depth)
  if depth == 0 then return leaf() end
  for _ = 1, 60 do pcall(tree, depth - 1) end
end
tree(4)
--- a plain find that is quadratic
--> stopped
local s = ("a"):rep(1000000)
for _ = 1, 1000 do s:find(("a"):rep(500000) .. "b", 1, true) end
--- comparing strings of 512 KB for ever
--> killed
local s = "x"
for _ = 1, 19 do s = s .. s end
local t = s .. "b"
s = s .. "a"
local n = 0
for _ = 1, 3e7 do if s < t then n = n + 1 end end
--- string.char in bulk
--> killed
local t = {}
for i = 1, 999 do t[i] = 65 end
for _ = 1, 1e6 do string.char(table.unpack(t)) end
--- many arguments again and again
--> stopped
local t = {}
for i = 1, 999 do t[i] = i end
local function h(...) return select("#", ...) end
for _ = 1, 1e6 do h(table.unpack(t)) end
--- a closing method that never ends
--> error
local x <close> = setmetatable({}, {__close = function() while true do end end})
--- a finalizer that never ends
--> error
setmetatable({}, {__gc = function() while true do end end})
--- a table whose length lies
--> error
table.insert(setmetatable({}, {__len = function() return math.maxinteger - 1 end}), 1, 1)
--- an index that calls itself
--> error
local t = setmetatable({}, {})
getmetatable(t).__index = function(t, k) return t[k + 1] end
return t[1]
--- an error object that loops when it is shown
--> error
error(setmetatable({}, {__tostring = function() while true do end end}))
--- unpack of a thousand formats
--> error
return string.unpack(("i1"):rep(100000), ("x"):rep(100000))
--- yielding for ever
--> error
local co = coroutine.wrap(function() while true do coroutine.yield() end end)
while true do co() end
--- coroutines inside coroutines
--> error
local function f(d) for _ = 1, 50 do if d > 0 then coroutine.wrap(f)(d - 1) end end end
f(6)
--- the collector called in a loop
--> error
for _ = 1, 1e5 do collectgarbage() end
--- crafted bytecode
--> error
return load(string.dump(function() return 1 end), "x", "b")()
--- the registry
--> error
return debug.getregistry()
--- the hook taken away
--> error
debug.sethook()
while true do end
--- a long chain of properties read
--> killed
while true do local _ = self.location.location end
--- a method that calls itself through the object
--> stopped
self:attack(who)
--- a method that calls itself through try, each in a savepoint
--> stopped
try(self, "attack", who)
--- a sort that calls itself
--> stopped
local function f() table.sort({3, 2, 1}, f) return true end
f()
--- look in describe, which looks
--> stopped
self:describe(who)
--[[class]]
function self:describe(who) return self:look(who) .. self:look(who) end
--- a veto that asks itself
--> stopped
self:can_enter(self, {})
--[[class]]
function self:can_enter(t, m) self:can_enter(t, m) self:can_enter(t, m) end
--- an event that fires itself
--> stopped
self:burst()
--[[class]]
event "burst"
function self:burst() self:burst() self:burst() end
--- moved by being moved
--> stopped
self:move_to(self.location)
--[[class]]
function self:moved(move) self:move_to(move.to) end
--- created by being created
--> stopped
create(self.class, self.location)
--[[class]]
function self:created() create(self.class, self.location) end
--- destroyed by being destroyed
--> stopped
destroy(self)
--[[class]]
function self:destroyed() destroy(self) end
--- a list that grows without end
--> stopped
while true do table.insert(self.list, 1) end
--[[class]]
property.list = {}
--- a tree of lists that doubles
--> stopped
self.list = {1}
for i = 1, 60 do self.list = {self.list, self.list} end
--[[class]]
property.list = {}
--- a string that doubles in a property
--> stopped
self.words = "x"
for _ = 1, 60 do self.words = self.words .. self.words end
--[[class]]
property.words = ""
--- a template that holds itself a million times
--> stopped
local t = text("{x}", {x = 1})
for _ = 1, 40 do t = text("{t}{t}", {t = t}) end
who:tell(t)
--- telling without end
--> killed
while true do who:tell("x") end
--- announcing without end
--> error
while true do self:announce("Noise.") end
--- announcing to far rooms without end
--> error
while true do self:announce("Noise.", {}, {sense = "sound", range = 1000000}) end
--- a log without end
--> killed
while true do log("x") end
--- json that is deeper than deep
--> stopped
local s = ("["):rep(500000)
local v, why = json.decode(s)
if not v then error(why) end
--- json of a table that holds itself
--> harmless
local t = {}
t.t = t
return json.encode(t)
--- a table that holds itself into a property
--> stopped
local t = {}
t.t = t
self.list = t
--[[class]]
property.list = {}
--- a table that holds itself into a text
--> stopped
local t = {}
t[1] = t
who:tell("{t}", {t = t})
--- a result that holds itself
--> error
local t = {}
t[1] = t
return t
--- a wide table as the key order of pairs
--> stopped
local t = {}
for i = 1, 1e7 do t["k" .. i] = i end
for k in pairs(t) do local _ = k end
--- shuffling for ever
--> killed
local t = {}
for i = 1, 10000 do t[i] = i end
while true do shuffle(t) end
--- dice without end
--> stopped
while true do roll "1000000d1000000" end
--- finding nouns without end
--> killed
while true do who:find("a thing that is nowhere") end
--- sentences without end
--> stopped
while true do who:command("look") end
--- a sentence that runs itself
--> stopped
who:command("attack " .. self.name)
--- a sentence of a thousand sentences
--> stopped
who:command(("look then "):rep(100000) .. "look")
--- formats of huge strings
--> stopped
local s = ("x"):rep(1 << 19)
for _ = 1, 1e6 do local _ = ("%s%s"):format(s, s) end
--- gsub that grows
--> stopped
local s = ("x"):rep(1000)
while true do s = s:gsub("x", "xx") end
--- a pattern that goes back and forth
--> stopped
return ("a"):rep(3000):find(("a?"):rep(3000) .. ("a"):rep(3000))
--- balanced brackets all over
--> stopped
for _ = 1, 1e6 do ("("):rep(100000):find("%b()") end
