-- Settings, ignoring, being away, and telling.

local function two(t)
  local square = object "square"
  return t:player("Alice", square), t:player("Bob", square)
end

test("settings have defaults, and are chosen by name", function(t)
  local alice = two(t)
  check(alice:setting "tells" == true and alice:setting "pay" == 0)
  alice:types "set pay 10"
  alice:sees "pay is 10 now."
  check(alice:setting "pay" == 10)
  alice:types "settings brief on"
  alice:sees "brief is on now."
  alice:types "settings brief"
  alice:sees(
    "brief is on. Walking shows the name of a place, its exits and who is there, no description.")
  alice:types "settings brief perhaps"
  alice:sees "brief is on or off."
  alice:types "set pay much"
  alice:sees "pay is a number from 0 to 10000."
  alice:types "settings colour"
  alice:sees "There is no setting colour. There are brief, pay, tells, followers, invitations."
  alice:types "settings"
  alice:sees("...", "Say set NAME VALUE. Help settings tells of those of your terminal.")
end)

test("who walks in brief sees no description", function(t)
  local alice, bob = two(t)
  bob:types "go north"
  alice:types "set brief on"
  alice:sees("...", "brief is on now.")
  alice:types "go north"
  alice:sees("The Blue Whale", "Ways out: down, up and south.", "Marta and Bob are here.", "...")
end)

test("one who is ignored is neither heard nor seen acting, and tells do not arrive", function(t)
  local alice, bob = two(t)
  alice:types "ignore bob"
  alice:sees "You ignore Bob from now on."
  for _, line in ipairs {"say Hello", "emote dances.", "shout Hello", "smile", "hug alice",
    "whisper hey to alice", "'Hello"} do
    bob:types(line)
  end
  bob:sees "..."
  alice:sees_nothing()
  bob:types "tell alice Hello"
  bob:sees "Alice does not want to hear from you."
  bob:types "go north"
  alice:sees "Bob leaves north."
  bob:types "go south"
  alice:sees "Bob arrives from the north."
  alice:types "ignore"
  alice:sees "You ignore Bob."
  alice:types "unignore bob"
  alice:sees "You hear Bob again."
  bob:types "say Hello"
  alice:sees "Bob says, \"Hello\""
  alice:types "unignore bob"
  alice:sees "You do not ignore Bob."
end)

test("tells are answered, refused, and met by those who are away", function(t)
  local alice, bob = two(t)
  alice:types "tell bob Are you there?"
  bob:sees "Alice tells you, \"Are you there?\""
  bob:types "reply Yes."
  alice:sees("You tell Bob, \"Are you there?\"", "Bob tells you, \"Yes.\"")
  bob:types "afk lunch"
  bob:sees "..."
  alice:types "tell bob Now?"
  alice:sees("...", "You tell Bob, \"Now?\"", "Bob is away: lunch.")
  bob:types "title the Brave"
  alice:types "who"
  alice:sees("2 here:", "Alice", "Bob the Brave (away: lunch)")
  bob:types "set tells off"
  alice:types "tell bob Now?"
  alice:sees "Bob does not want to be told anything now."
end)
