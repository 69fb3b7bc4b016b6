-- What wizards do to keep the peace.

local function three(t)
  local square = object "square"
  return t:player("Wanda", square, {role = "wizard"}), t:player("Alice", square),
    t:player("Bob", square)
end

test("a report brings what the reporter read last, and wizards see to it", function(t)
  local wanda, alice, bob = three(t)
  bob:types "say Nobody likes you."
  alice:types "report bob he is rude"
  alice:sees("...", "Thank you: report 1. The wizards read it with the last lines that you read.")
  wanda:sees("...", "Report 1 of Alice about Bob: he is rude")
  wanda:types "reports 1"
  wanda:sees("Report 1 of Alice, just now: he is rude", "...",
    "| Bob says, \"Nobody likes you.\"")
  wanda:types "reports close 1"
  wanda:sees "Report 1 is closed."
  wanda:types "reports"
  wanda:sees "There are no open reports."
  alice:types "report the fountain is dry"
  alice:sees "Thank you: report 2. The wizards read it with the last lines that you read."
  for _ = 1, 4 do alice:types "report it again" end
  alice:sees "..."
  alice:types "report it again"
  alice:sees "You have reported enough for an hour. The wizards read it all."
end)

test("one who is muted is silent on every way, and for as long as was said", function(t)
  local wanda, alice, bob = three(t)
  bob:types "join public"
  wanda:types "mute bob for 10 minutes because he shouts"
  wanda:sees("...", "Bob is silenced for 10 minutes.")
  bob:sees("...", "You are silenced for 10 minutes: he shouts.")
  for _, line in ipairs {"say Oh", "emote cries.", "shout Oh", "sigh", "tell alice Oh",
    "whisper Oh to alice", "public Oh"} do
    bob:types(line)
    bob:sees "You are silenced for 10 minutes: he shouts."
  end
  alice:sees_nothing()
  bob:types "report bob I was only joking"
  bob:sees "..."
  t:advance(601)
  bob:types "say Sorry."
  alice:sees "Bob says, \"Sorry.\""
  wanda:types "mute bob"
  wanda:types "unmute bob"
  wanda:sees("...", "Bob may speak again.")
end)

test("only wizards whose rights are on keep order", function(t)
  local square = object "square"
  local xena = t:player("Xena", square, {role = "wizard", rights = false})
  local alice = t:player("Alice", square)
  alice:types "mute xena"
  alice:sees "I do not know how to 'mute'."
  xena:types "announce Hello"
  xena:sees "..."
  alice:sees_nothing()
end)

test("announcements reach everybody, and the log keeps what was done", function(t)
  local wanda, alice = three(t)
  wanda:types "announce The market opens."
  alice:sees "Wanda announces: The market opens."
  wanda:types "mute alice because of nothing"
  wanda:sees "..."
  wanda:types "wizlog"
  wanda:sees("2025-06-15 15:06 Wanda announced The market opens.",
    "2025-06-15 15:06 Wanda muted Alice, because of nothing, until further notice")
end)

test("whoever is banned or booted is gone, and the bans are listed", function(t)
  local wanda, alice, bob = three(t)
  wanda:types "boot bob because he asked for it"
  bob:sees("...", "You were sent away: he asked for it.")
  check(not bob.connected)
  wanda:types "ban alice 3 days because of spam"
  alice:sees("...", "You are banned from this world until 2025-06-18 15:06 UTC: of spam.")
  check(not alice.connected)
  wanda:types "ban 192.0.2.0/24"
  wanda:types "ban here/there"
  wanda:sees("...", "192.0.2.0/24 is banned for ever.",
    "...")
  wanda:types "unban alice"
  wanda:types "bans"
  wanda:sees("Alice may come again.", "...", "192.0.2.0/24  for ever    Wanda")
end)

test("a number alone has a unit, and the log says what was done", function(t)
  local wanda, alice, bob = three(t)
  wanda:types "mute bob for 10"
  wanda:types "mute bob 2 hours because he shouts"
  wanda:types "mute bob for 10 moons"
  wanda:types "mute bob for"
  wanda:sees("...", "Bob is silenced for 10 minutes.", "...", "Bob is silenced for 2 hours.",
    "What is moons? Say minutes, hours, days or weeks; a number alone is minutes.", "...")
  wanda:types "ban alice for 10"
  wanda:types "ban alice 0 days"
  wanda:types "ban bob for 1 w"
  wanda:sees("alice is banned for 10 days.", "...",
    "That is no time: it takes a number from 1 to 100000.", "bob is banned for 1 week.", "...")
  wanda:types "shutdown in 90 because of rain"
  wanda:types "shutdown cancel"
  wanda:sees "..."
  wanda:types "wizlog"
  wanda:sees("...", "2025-06-15 15:06 Wanda muted Bob, because he shouts, for 2 hours",
    "2025-06-15 15:06 Wanda banned alice for 10 days",
    "2025-06-15 15:06 Wanda banned bob for 1 week",
    "2025-06-15 15:06 Wanda stops the world in 90 minutes, because of rain", "...")
  check(not alice.connected and not bob.connected)
end)

test("the world stops after a countdown, unless it does not", function(t)
  local wanda, alice = three(t)
  wanda:types "shutdown in 2 minutes because of repairs"
  alice:sees "The world stops in 2 minutes: of repairs."
  t:advance(60)
  alice:sees "The world stops in 1 minute: of repairs."
  wanda:types "shutdown cancel"
  alice:sees "The world goes on; it does not stop after all."
  t:advance(600)
  alice:sees_nothing()
  wanda:types "shutdown cancel"
  wanda:sees("...", "The world is not about to stop.")
end)

test("an exit that is hidden is not among the ways out", function(t)
  local hall = t:room{name = "Hall"}
  local crypt = t:room{name = "Crypt"}
  local way = hall:connect("down", crypt)
  hall:connect("north", t:room{name = "Yard"})
  local alice = t:player("Alice", hall)
  alice:sees("...")
  alice:types "look"
  alice:sees("...", "Ways out: down and north.", "...")
  way.hidden = true
  alice:types "look"
  alice:sees("...", "The only way out is north.", "...")
end)
