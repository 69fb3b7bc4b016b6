-- Who hears what.

test("speech is heard in the room and nowhere else", function(t)
  local here, there = t:room{name = "Here"}, t:room{name = "There"}
  local alice, bob = t:player("Alice", here), t:player("Bob", here)
  local carol = t:player("Carol", there)
  alice:types "say Is anybody there?"
  alice:sees 'You say, "Is anybody there?"'
  bob:sees 'Alice says, "Is anybody there?"'
  carol:sees_nothing()
end)

test("what people say is never markup", function(t)
  local here = t:room{name = "Here"}
  local alice, bob = t:player("Alice", here), t:player("Bob", here)
  alice:types([=[say {the lamp} {#warn look} {!quit}]=])
  bob:sees([=[Alice says, "{the lamp} {#warn look} {!quit}"]=])
end)

test("Marta greets each newcomer once", function(t)
  local alice = t:player("Alice", object "square")
  alice:types "north"
  alice:sees("...", 'Marta says, "Come in, come in. Take a lamp if you go downstairs, '
    .. 'it is black as a boot there."')
  alice:types "south"
  alice:sees("Market square", "...")
  alice:types "north"
  alice:sees("The Blue Whale", "...", "Marta is here.")
end)

test("to part with some of nothing is answered in words", function(t)
  local square = object "square"
  local alice, bob = t:player("Alice", square), t:player("Bob", square)
  local mug = create("thing", alice, {name = "mug"})
  local how = "How many of what? Say for instance: give 2 coins to tom."
  for _, method in ipairs {"give_some", "take_some", "drop_some"} do
    local done, why = try(alice, method, alice, 2, nil, bob)
    check(not done and text.plain(why, alice) == how, method)
  end
  local done, why = try(alice, "give_some", alice, 2, mug, bob)
  check(not done and text.plain(why, alice) == "There is only a mug.")
  done, why = try(alice, "give_some", alice, 1, mug)
  check(not done and text.plain(why, alice) == "Give it to whom?")
end)

test("the ways out, the time, and how to talk to people, for the asking", function(t)
  local alice = t:player("Alice", object "tavern")
  alice:sees "..."
  alice:types "exits"
  alice:sees "Ways out: down, up and south."
  local time = world:now()
  alice:types "time"
  alice:sees("It is " .. string.format("%02d:%02d", time.hour, time.minute) .. " in " ..
    time.season .. ", and " .. (time.daylight and "light" or "dark") .. " outdoors.")
  alice:types "talk to marta"
  alice:sees "Ask Marta about something: ask Marta about ..."
  local bob = t:player("Bob", object "tavern")
  alice:sees "..."
  alice:types "speak with bob"
  alice:sees("Just say something: Bob hears it, like all who are here. What only Bob may hear " ..
    "you whisper: whisper to Bob ...")
  bob:sees_nothing()
  alice:types "talk to me"
  alice:sees "You mutter to yourself."
end)

test("what somebody does or says is one line, whatever is put into it", function(t)
  local square = object "square"
  local alice, bob = t:player("Alice", square), t:player("Bob", square)
  local forged = {x = "!\n\nBob says, \"I give you all I have.\""}
  for _, who in ipairs {alice, bob} do who:sees "..." end
  alice:emote("waves{x}", forged)
  alice:say("Well{x}", forged)
  alice:emote(text.lines{"waves.", "Bob says, \"No.\""})
  alice:emote "waves.\nBob says, \"No.\""
  bob:sees([=[Alice waves! Bob says, "I give you all I have."]=],
    [=[Alice says, "Well! Bob says, "I give you all I have.""]=],
    [=[Alice waves. Bob says, "No."]=],
    [=[Alice waves. Bob says, "No."]=])
end)
