-- Short forms that players of other games type.

local function two(t)
  local hall = t:room{name = "Hall"}
  local alice, bob = t:player("Alice", hall), t:player("Bob", hall)
  alice:sees "..."
  bob:sees "..."
  return alice, bob, hall
end

test("somebody is looked at, told, whispered and given things in few words", function(t)
  local alice, bob, hall = two(t)
  local lamp = create("lamp", alice)
  alice:types "l bob"
  alice:sees "Bob is not dressed to be remembered."
  alice:types "exa lamp"
  alice:sees "It is not lit."
  alice:types "whisper bob hi"
  alice:sees "You whisper to Bob, \"hi\""
  alice:types "whisper to bob hi"
  alice:types "whisper hi to bob"
  alice:sees("You whisper to Bob, \"hi\"", "You whisper to Bob, \"hi\"")
  alice:types "page bob hi"
  alice:sees "You tell Bob, \"hi\""
  bob:types "r hello"
  alice:sees "Bob tells you, \"hello\""
  alice:types "say to bob well met"
  alice:sees "You say to Bob, \"well met\""
  alice:types "give bob lamp"
  alice:sees "You give the lamp to Bob."
  check(lamp.location == bob)
  create("coin", alice, {count = 9})
  alice:types "give bob 2 coins"
  alice:sees "You give two coins to Bob."
  check(bob.coins == 2 and alice.coins == 7)
  bob:sees "..."
  bob:types "turn lamp on then put lamp out then put lamp down then pick lamp up"
  bob:sees("You light the lamp.", "You put out the lamp.", "You drop the lamp.",
    "You take the lamp.")
  hall:connect("north", t:room{name = "Yard"})
  bob:types "look north"
  bob:sees "A way leads north."
  bob:types "look up"
  bob:sees "There is no way up from here."
  bob:types "leave"
  bob:sees("Yard", "...")
end)

test("those who live here are told and asked in any form", function(t)
  local alice = t:player("Alice", object "tavern")
  alice:sees "..."
  local answer = "Marta says, \"The box came with the house. The key went with the lighthouse " ..
    "keeper.\""
  alice:types "ask marta where is the key"
  alice:sees("You ask Marta, \"where is the key\"", answer)
  alice:types "talk to marta about the key"
  alice:sees("You ask Marta about the key.", answer)
  alice:types "tell marta hi"
  alice:sees "You whisper to Marta, \"hi\""
  alice:types "talk marta"
  alice:sees "Ask Marta about something: ask Marta about ..."
end)

test("some of several equal things are those one does not have yet", function(t)
  local alice, _, hall = two(t)
  local pear = {name = "pear"}
  for _ = 1, 2 do create("thing", alice, pear) end
  for _ = 1, 3 do create("thing", hall, pear) end
  alice:types "take 2 pears"
  alice:sees("You take the pear.", "You take the pear.")
  check(#alice:contents() == 4 and #hall:contents "thing" == 3)
  alice:types "take pear"
  alice:sees "You take the pear."
end)

test("two of one name are told apart by where they are", function(t)
  local alice, _, hall = two(t)
  local table_ = create("container", hall, {name = "table", surface = true, fixed = "No."})
  local mine, other = create("lamp", alice), create("lamp", table_)
  alice:types "light lamp"
  alice:sees "Which lamp do you mean: 1 the lamp you have, 2 the lamp on the table?"
  alice:types "the one on the table"
  alice:sees "You light the lamp."
  check(other.lit and not mine.lit)
  alice:types "light lamp then look"
  alice:types "mine"
  alice:sees("...", "You light the lamp.", "Hall", "...")
  check(mine.lit)
  alice:types "put out lamp 2"
  check(mine.lit and not other.lit)
end)

test("several of one kind are bought at once", function(t)
  local alice = t:player("Alice", object "bakery")
  create("coin", alice, {count = 5})
  alice:sees "..."
  alice:types "buy 2 rolls"
  alice:sees("You buy two bread rolls from Hanne for two coins.", "...")
  alice:types "buy 40 rolls"
  alice:sees "At most 20 at once."
  alice:types "buy 4 rolls"
  alice:sees "That is four coins, and you have three coins."
  alice:types "buy roll"
  alice:sees("You buy a bread roll from Hanne for one coin.", "...")
  check(#alice:contents "bread_roll" == 3)
end)

test("a word of the channels is a sentence too where it is one", function(t)
  local room = t:room{name = "Hall"}
  local alice = t:player("Alice", room, {role = "builder"})
  create("channel", nil, {name = "leave"}):join(alice)
  alice:sees "..."
  alice:types "leave the room"
  alice:sees "I understood you only as far as 'leave the'."
  alice:types "leave hello all"
  alice:sees "I understood you only as far as 'leave hello'."
  alice:types "#leave hello all"
  alice:sees "[leave] Alice: hello all"
  alice:types "channel create take"
  alice:sees "take means something else: choose another."
  alice:types "create a ball"
  alice:types "verb kick ball: who:tell \"It rolls away.\""
  alice:types "verb join ball with text: who:tell \"It holds.\""
  alice:sees "..."
  alice:types "kick the ball"
  alice:sees "It rolls away."
  alice:types "join ball with string"
  alice:sees "It holds."
  alice:types "leave leave"
  alice:sees "You have left leave."
end)

test("help tells what the things at hand are good for", function(t)
  local alice = t:player("Alice", object "tavern", {role = "builder"})
  alice:types "create a genie lamp"
  alice:types "edit genie lamp"
  for _, line in ipairs {"--- Rubs it, at your peril.", "verb \"rub this\"",
    "function self:rub(who) who:tell \"Hm.\" end", "."} do
    alice:answers(line)
  end
  alice:sees "..."
  alice:types "help rub"
  alice:sees "rub this: Rubs it, at your peril."
  alice:types "help open"
  alice:sees "open this: Opens it."
end)

test("what one wants from somebody is hers, and what is counted is not what one has", function(t)
  local alice, bob, hall = two(t)
  local apple = {name = "apple"}
  for _ = 1, 3 do create("thing", alice, apple) end
  create("thing", hall, apple)
  alice:types "take 3 apples"
  alice:sees "You take the apple."
  alice:types "take 2 apples"
  alice:sees "The apple: You have the apple already."
  alice:types "get apple from bob"
  alice:sees "Bob has no apple: you have one."
  alice:types "give 1 apple bob"
  alice:types "give bob 2 apples"
  alice:sees("You give the apple to Bob.", "You give the apple to Bob.",
    "You give the apple to Bob.")
  alice:types "get apple from bob"
  alice:sees "Bob has the apple."
  local box = create("container", hall, {name = "box", fixed = "No."})
  create("thing", alice, apple)
  alice:types "put 2 apples in box"
  check(#box:contents() == 2)
  bob:types "drop 2 apples"
  check(#bob:contents() == 1)
end)

test("one asks where one is, and where the things near are", function(t)
  local alice, bob, hall = two(t)
  local lamp = create("lamp", hall)
  local table_ = create("container", hall, {name = "table", surface = true})
  local asked = {
    {"where", "You are here: Hall."}, {"where am i?", "You are here: Hall."},
    {"where is bob?", "Bob is here."}, {"where's the lamp", "The lamp is here."},
    {"where bob", "Bob is here."}, {"where is florp", "You see no florp here."},
  }
  for _, pair in ipairs(asked) do
    alice:types(pair[1])
    alice:sees(pair[2])
  end
  lamp:move_to(table_)
  alice:types "where is lamp"
  alice:sees "The lamp is on the table."
  lamp:move_to(alice)
  alice:types "where is lamp"
  alice:sees "You have the lamp."
  bob:move_to(t:room{name = "Far"})
  alice:sees "..."
  alice:types "where is bob"
  alice:sees "Bob is not in sight."
end)

test("a deed may belong to the name, a smile is said, and a lamp burns by itself", function(t)
  local alice, bob = two(t)
  for _, line in ipairs{";'s hat falls.", ":'s hat falls.", ";waves.", ":)"} do
    alice:types(line)
  end
  bob:sees("Alice's hat falls.", "Alice's hat falls.", "Alice waves.", "Alice says, \":)\"")
  alice:sees("Alice's hat falls.", "Alice's hat falls.", "Alice waves.", "You say, \":)\"")
  create("lamp", alice)
  alice:types "light lamp with lamp"
  alice:sees "Nothing else is needed: just light the lamp."
  alice:types "wave at bob"
  alice:types "hug him"
  alice:sees("You wave to Bob.", "You hug Bob.")
end)

test("one listens and smells", function(t)
  local hall = t:room{name = "Hall"}
  local ann = t:player("Ann", hall)
  ann:sees "..."
  local rose = create("thing", hall, {name = "rose"})
  ann:types "listen then smell"
  ann:sees("You hear nothing out of the ordinary.", "You smell nothing out of the ordinary.")
  ann:types "listen to rose then smell the rose"
  ann:sees("You hear nothing from the rose.", "The rose smells of nothing in particular.")
  hall.sounds_like, hall.dark, rose.smells_like = "Rain on the roof.", true, "Sweet."
  ann:types "listen"
  ann:sees "Rain on the roof."
  hall.dark = false
  ann:types "sniff at rose"
  ann:sees "Sweet."
end)

test("what is said without a verb, and how one leaves", function(t)
  local alice, bob = two(t)
  for _, words in ipairs{"thanks", "thank you", "yes", "no", "ok", "goodbye bob"} do
    alice:types(words)
    alice:sees("You say, \"" .. words .. "\"")
    bob:sees("Alice says, \"" .. words .. "\"")
  end
  alice:types "thanks bob"
  alice:sees "You thank Bob."
  bob:sees "Alice thanks you."
  alice:types "bob, hello there"
  alice:sees "I do not know how to 'bob'. Did you mean 'say to bob hello there'?"
  alice:types "lok"
  alice:sees "I do not know how to 'lok'. Did you mean 'look'?"
  alice:types "quti"
  alice:sees "I do not know how to 'quti'. Did you mean 'quit'?"
  for _, words in ipairs{"quit game", "log out", "bye"} do
    alice:types(words)
    alice:sees("Say quit to leave the world: you come back here. " ..
      "exits lists the ways out of this place.")
  end
  alice:types "drop all"
  alice:sees "You carry nothing to drop."
  create("thing", alice, {name = "mug"})
  alice:types "drop all rolls"
  alice:sees "You see no rolls here."
end)
