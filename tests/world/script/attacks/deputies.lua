--- a lamp that speaks for whoever rubs it may do so
--> harmless bob
who:say("I rub it")
--- a lamp that takes the hat of whoever rubs it
--> error bob
hat:move_to(self)
--- a lamp that undresses whoever rubs it
--> harmless bob
local ok = pcall(hat.move_to, hat, self)
if ok then who:tell("PWNED") end
--- a lamp that makes whoever rubs it give
--> error bob
who:give(who, hat, world:find_player "Mallory")
--- a lamp that makes whoever rubs it drop
--> error bob
who:drop(who, hat)
--- a lamp that eats the bread of whoever rubs it
--> error bob
bread:eat(who)
--- a lamp that spends the coins of whoever rubs it
--> error bob
who:spend(5, world:find_player "Mallory")
--- a lamp that buys for whoever rubs it
--> error bob
who:buy(who, "bread")
--- a lamp that moves the purse of whoever rubs it
--> error bob
purse:move_to(world:find_player "Mallory")
--- a lamp that names whoever rubs it
--> error bob
who.name = "Fool"
--- a lamp that reads the sessions of whoever rubs it
--> error bob
who:tell("PWNED {n}", {n = #who:sessions()})
--- a lamp that looks into another's chest for whoever rubs it
--> error bob
who:tell("PWNED {n}", {n = chest.code})
--- a lamp that takes the breath of whoever rubs it
--> error bob
for _ = 1, 10 do who:use_breath() end
