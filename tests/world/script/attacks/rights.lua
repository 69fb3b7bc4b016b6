--- writing another's property
--> error
chest.gold = 0
--- writing it in pcall
--> error
local ok, why = pcall(function() chest.gold = 0 end)
if not ok then error(why) end
--- a built-in that writes
--> error
table.insert(chest.items, 9)
--- a built-in in pcall in pcall
--> error
local ok, ok2, ok3, why = pcall(pcall, pcall, table.insert, chest.items, 9)
if ok and ok2 and not ok3 then error(why) end
--- a list kept and changed later
--> error
self.list = {}
local items = chest.items
items[1] = "mine"
--[[class]]
property.list = {}
--- a list that is copied is not the other
--> harmless
self.list = chest.items
self.list[1] = "mine"
--[[class]]
property.list = {}
--- a callback that another's code runs
--> error
chest:each(function(c) c.gold = 0 end)
--- a callback that writes through an upvalue
--> error
local c = chest
chest:each(function() c.items[2] = 0 end)
--- a comparator that writes
--> error
table.sort({2, 1}, function(a, b) chest.gold = 0 return a < b end)
--- a replacement that writes
--> error
local _ = ("x"):gsub("x", function() chest.gold = 0 end)
--- a private property
--> error
who:tell("PWNED {n}", {n = chest.code})
--- a private property by pcall
--> error
local ok, v = pcall(function() return chest.code end)
if ok then who:tell("PWNED") else error(v) end
--- a private method
--> error
who:tell("PWNED {n}", {n = chest:secret()})
--- a private method through try
--> error
local ok, v = try(chest, "secret")
if ok then who:tell("PWNED {v}", {v = v}) end
--- another's class, which is not shared, with a private property as a key of create
--> error
create("chest", self.location, {code = 7})
--- private members listed
--> harmless
for _, each in ipairs(chest:properties()) do if each.name == "code" then who:tell("PWNED") end end
for _, each in ipairs(chest:methods()) do if each.name == "secret" then who:tell("PWNED") end end
--- super of another's class
--> error
super.secret(chest)
--- super with another's object as self
--> error
super.take(chest, 5)
chest.gold = 1
--- the environment
--> load
_ENV.x = 1
--- a metatable for a handle
--> error
setmetatable(chest, {})
--- the metatable of strings
--> error
getmetatable("").__index = nil
--- the method of a handle replaced
--> error
chest.take = function() end
--- the class of a handle replaced
--> error
chest.class = self.class
--- the owner replaced
--> error
chest.owner = who
--- the place replaced
--> error
chest.location = self
--- moving another's thing
--> error
chest:move_to(self)
--- destroying another's thing
--> error
destroy(chest)
--- destroying a player
--> error
destroy(bob)
--- a player's name
--> error
bob.name = "Fool"
--- a player's description
--> error
bob.description = "A fool."
--- becoming a wizard by writing
--> error
who.role = "wizard"
--- becoming a wizard by an internal name
--> error
who["#account"] = 1
--- reading an internal name
--> error
who:tell("PWNED {n}", {n = bob["#account"]})
--- forcing a command
--> error
bob:command("say I am a fool")
--- forcing a command through try
--> error
try(bob, "command", "say I am a fool")
--- forcing a command through pcall
--> error
local ok, why = pcall(bob.command, bob, "say I am a fool")
if not ok then error(why) end
--- forcing a command by a callback of another's code
--> error
chest:each(function() bob:command("say I am a fool") end)
--- forcing a command by another's tail call
--> error
return chest:lend(function() return bob:command("say I am a fool") end)
--- saying as somebody
--> error
bob:say("I am a fool")
--- saying as somebody by the verb's method
--> error
bob:say_aloud(bob, "I am a fool")
--- saying as somebody by one's own hand
--> error
who:say_aloud(bob, "I am a fool")
--- acting as somebody
--> error
bob:emote("bows to Mallory.")
--- acting something out as somebody
--> error
who:act_out(bob, "bows to Mallory.")
--- a gesture of somebody
--> error
bob:show_gesture("{who} {who:kneels}.")
--- a gesture of somebody by the verb's method
--> error
who:gesture_alone(bob, {verb = "dance"})
--- shouting as somebody
--> error
who:shout(bob, "I am a fool")
--- whispering as somebody
--> error
who:whisper(bob, carol, "I am a fool")
--- asking as somebody
--> error
who:ask_about(bob, carol, "foolery")
--- a message from somebody
--> error
carol:message(bob, "I am a fool")
--- a message from somebody by the verb's method
--> error
who:speak_to(bob, carol, "I am a fool")
--- answering as somebody
--> error
who:reply(bob, "I am a fool")
--- away as somebody
--> error
who:go_away(bob, "foolish")
--- waking up somebody who is awake
--> error
bob:connected_to_world()
--- the engine's own event
--> error
bob:disconnected()
--- somebody's breath
--> error
for _ = 1, 20 do bob:use_breath() end
--- walking somebody about
--> error
bob:go("north")
--- moving somebody
--> error
bob:move_to(self)
--- seating somebody
--> error
create("test_seat", self.location):sit(bob)
--- seating somebody by the verb's method
--> error
create("test_seat", self.location)
who:sit_down(bob)
--- dropping what somebody holds
--> error
bob:drop(bob, hat)
--- undressing somebody
--> error
bob:let_go(hat)
--- undressing somebody by the thing
--> error
hat:take_off(bob)
--- giving what somebody holds
--> error
bob:give(bob, hat, who)
--- giving in one's own name what another holds
--> refused
who:give(who, hat, carol)
--- taking what somebody holds
--> refused
who:take(who, hat)
--- taking in somebody's name
--> error
who:take(bob, create("thing", self.location))
--- moving what somebody holds
--> error
hat:move_to(who)
--- eating what somebody holds
--> refused
bread:eat(who)
--- feeding somebody
--> error
bread:eat(bob)
--- putting what somebody holds into a box
--> error
create("container", self.location):put(bob, hat, {preposition = "in"})
--- writing in somebody's name
--> error
create("test_book", self.location):write(bob, "I am a fool")
--- opening in somebody's name
--> error
create("test_lid", self.location):open(bob)
--- coins out of nothing
--> error
create("coin", who, {count = 1000000})
--- coins of a class of one's own
--> load
create(self.class, who, {count = 1000000})
--[[class]]
inherit "coin"
--- more coins in a heap
--> error
purse.count = 1000
--- coins of less than none
--> refused
purse:split(-5)
--- half a coin
--> error
purse:split(1.5)
--- coins of no number
--> error
purse:split(0 / 0)
--- sucking coins out of a pocket
--> harmless
create("test_heap", self):moved({how = "take", to = bob})
purse:moved({how = "take", to = bob})
--- paying from somebody's purse
--> error
bob:pay(5, who, "nothing")
--- spending from somebody's purse
--> error
bob:spend(5, who)
--- buying in somebody's name
--> error
who:buy(bob, "bread")
--- selling money for nothing
--> error
self:sell(who, "coin")
--[[class]]
inherit "npc"
use "merchant"
property.prices = {coin = 0}
--- taking a coin by calling the trade's own method
--> error
self:spend(1, bob)
who:tell("{n}", {n = bob:spend(1, who)})
--- the rooms of the town joined
--> error
self.location:connect("up", create("room"))
--- a library singleton destroyed
--> error
destroy(object "marta")
--- a library singleton moved
--> error
object("marta"):move_to(who)
--- a library property written
--> error
object("square").description = "Mallory's square."
--- making a second marta
--> error
create("marta")
--- telling everybody in the world
--> error
world:announce("Mallory rules.")
--- the sessions of somebody
--> error
who:tell("PWNED {n}", {n = #bob:sessions()})
--- a veto that writes
--> error
self:can_open(who)
--[[class]]
property.n = 0
function self:can_open() self.n = 1 end
--- a description that writes
--> error
who:tell(self:look(who))
chest.gold = 0
--- caller forged by a tail call
--> error
return chest:who_asks()
--- caller forged by a callback
--> harmless
if chest:who_asks() ~= world:find_player "Mallory" then who:tell("PWNED") end
chest:each(function(c) if c:who_asks() ~= world:find_player "Mallory" then who:tell("PWNED") end end)
--- actor forged by an argument
--> harmless
if actor() ~= who then who:tell("PWNED") end
--- a template out of data
--> harmless
local words = "{" .. "bob}"
who:tell(text(words, {bob = bob}))
--- a link out of data
--> harmless
who:tell("{x}", {x = "{!quit|free coins}"})
--- what crosses from one call to the next
--> error
n = (n or 0) + 1
--- a local that functions share
--> load
count = count + 1
return count
--[[class]]
local count = 0
function self:peek() count = count + 1 return count end
--- a library function replaced
--> error
string.format = function() return "PWNED" end
--- a declaration at run time
--> error
property.x = 1
--- a verb at run time
--> error
verb "look"
--- the environment through a function's upvalue
--> error
return debug.setupvalue(chest.take, 1, {})
--- a method bound to another's object
--> error
local take = self.grab
take(chest)
--[[class]]
function self:grab() self.gold = 0 end
--- a handle that is kept of what is gone
--> error
local t = create("thing")
destroy(t)
t.name = "ghost"
--- numbers that name no object
--> error
object(-1).name = "x"
--- an object of a number that is no number
--> error
object(1e300).name = "x"
