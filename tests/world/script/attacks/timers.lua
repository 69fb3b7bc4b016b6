--- a timer that doubles itself
--> harmless
self:twice(1)
--[[class]]
function self:twice(n)
  after(1, self, "twice", 2 * n)
  after(1, self, "twice", 2 * n + 1)
end
--- two hundred and one timers
--> error
for i = 1, 201 do after(100, self, "tick", i) end
--[[class]]
function self:tick() end
--- a timer at once
--> error
after(0, self, "tick")
--[[class]]
function self:tick() end
--- a timer before now
--> error
after(-5, self, "tick")
--[[class]]
function self:tick() end
--- a timer at no time at all
--> error
after(0 / 0, self, "tick")
--[[class]]
function self:tick() end
--- a timer at the end of time
--> error
after(math.huge, self, "tick")
--[[class]]
function self:tick() end
--- a timer on what belongs to another
--> error
after(1, chest, "take", 5)
--- a timer on a player
--> error
after(1, bob, "say", "I am a fool")
--- dropping another's timers
--> error
cancel(chest)
--- a timer that runs for ever
--> harmless
after(1, self, "spin")
--[[class]]
function self:spin() while true do end end
--- a timer that speaks as the one who set it off
--> harmless bob
after(1, self, "tick", who)
--[[class]]
function self:tick(who) who:say("I was forced") who:tell("PWNED") end
--- a timer with a million arguments
--> stopped
local t = {}
for i = 1, 1e5 do t[i] = i end
after(1, self, "tick", t, t, t, t)
--[[class]]
function self:tick() end
--- a beat faster than a second
--> load
return 1
--[[class]]
every(0.01)
function self:tick() end
--- waiting no time, again and again
--> error
while true do wait(0) end
--- waiting inside pcall
--> error
pcall(wait, 1)
wait(-1)
--- a question to somebody else
--> error
bob:ask("Your password?")
--- a question inside pcall
--> error
local ok, why = pcall(who.ask, who, "Well?")
if not ok then error(why) end
--- a thousand and one objects
--> stopped
for _ = 1, 1001 do create("thing") end
--- more than fifty calls that wait
--> harmless
wait(3000)
--- listeners that hear each other
--> harmless
local other = create(self.class, self.location)
self:announce("{a it} rings.", {it = self}, {sense = "sound"})
other:announce("{a it} rings.", {it = other}, {sense = "sound"})
--[[class]]
function self:noticed() self:announce("Ring.", {}, {sense = "sound"}) self:announce("Ring.") end
function self:heard() self:announce("Ring.", {}, {sense = "sound"}) end
