-- What people type first, and how they are helped.

test("help knows what people look for", function(t)
  local ann = t:player("Ann", t:room{})
  for _, word in ipairs{"tutorial", "read", "open", "north", "directions", "movement", "color",
    "colors", "map", "exit", "logout", "privacy", "mute", "rules", "change password", "password",
    "keys", "MAP"} do
    ann:types("help " .. word)
    check(ann:help_topic(word), word)
    check(not pcall(ann.sees, ann, "There is no help about " .. word .. ". Just say help."), word)
    ann:sees "..."
  end
  ann:types "help change password"
  ann:sees("Say password, alone: you are asked for the old one and twice for the new one. " ..
    "Nobody else ever asks for it, whatever a thing says.")
  ann:types "help frobnication of gnusto"
  ann:sees "There is no help about frobnication of gnusto. Just say help."
end)

test("whoever tries to leave by other words is told how", function(t)
  local ann = t:player("Ann", t:room{})
  for _, word in ipairs{"exit", "logout", "bye", "q"} do
    ann:types(word)
    ann:sees("Say quit to leave the world: you come back here. exits lists the ways out of this " ..
      "place.")
  end
  ann:types "?"
  ann:sees("What you can do", "...")
end)

test("one talks to people, and gets into boats", function(t)
  local alice = t:player("Alice", object "tavern")
  for _, line in ipairs{"talk marta", "talk to marta", "speak with marta"} do
    alice:sees "..."
    alice:types(line)
    alice:sees "Ask Marta about something: ask Marta about ..."
  end
  local bob = t:player("Bob", object "jetty")
  for _, line in ipairs{"enter boat", "get in boat", "get into the boat", "board boat", "board"} do
    bob:sees "..."
    bob:types(line)
    bob:sees "You sit down in the rowing boat."
    bob:types "get out"
    bob:sees "You stand up."
  end
end)

test("the tutorial says it again everywhere", function(t)
  local alice = t:player("Alice", object "square")
  alice:types "tutorial"
  local bob = t:player("Bob", t:room{})
  bob:types "tutorial"
  bob:sees "The tutorial begins in the square of the town."
  alice:move_to(bob.location)
  alice:sees "..."
  alice:types "tutorial"
  alice:sees "Tutorial, 0 of 6 done. Walk into the tavern: say north."
  alice:types "tutorial skip"
  alice:sees("Find your own way, then. tutorial in the square begins again, help tells the rest.")
end)

test("a direction that is nearly one is asked about", function(t)
  local room = t:room{name = "Workshop", buildable = true}
  local ann = t:player("Ann", room, {role = "builder"})
  ann:types "dig nort/sotuh to a kitchen"
  ann:sees("There is no direction nort. Did you mean north?", "1  north", "2  nort")
  ann:answers "north"
  ann:sees("There is no direction sotuh. Did you mean south?", "...")
  ann:answers "1"
  local kitchen = room:exit("north"):other(room)
  check(kitchen.name == "kitchen" and kitchen:exit "south")
  ann:sees "..."
  ann:types "dig eastt to a larder"
  ann:answers "2"
  check(room:exit "eastt")
  ann:types "dig garden to a garden"
  check(room:exit "garden")
end)

test("wizards are told of names that nobody has, and what they said is kept as they said it",
  function(t)
    local wanda = t:player("Wanda", t:room{}, {role = "wizard"})
    wanda:types "ban nosuch"
    wanda:sees("Nobody is called nosuch. "
      .. "Whoever comes by that name is banned all the same for ever.")
    wanda:types "ban 192.0.2.7"
    wanda:sees "192.0.2.7 is banned for ever."
    wanda:types "shutdown in 3600 minutes"
    wanda:types "wizlog"
    wanda:sees("...", "2025-06-15 15:06 Wanda stops the world in 3600 minutes")
  end)
