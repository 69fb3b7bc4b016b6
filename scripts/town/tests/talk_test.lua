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
