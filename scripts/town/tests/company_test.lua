-- Groups and following.

local function two(t)
  local square = object "square"
  return t:player("Alice", square), t:player("Bob", square)
end

test("a group speaks over any distance, and outlives its leader", function(t)
  local alice, bob = two(t)
  alice:types "group"
  alice:sees("You are in no group. Say group invite NAME to begin one, "
    .. "or group join when you were invited.")
  alice:types "group invite bob"
  alice:sees "You have invited Bob."
  bob:sees "Alice invites you to a group. Say group join, or do nothing."
  bob:types "group join"
  bob:sees "You are in the group of Alice now."
  alice:sees "Bob joins the group."
  bob:types "go north"
  bob:sees "..."
  alice:sees "..."
  bob:types "gtell Where are you?"
  alice:sees "[group] Bob: Where are you?"
  bob:types "group"
  bob:sees("...", "Your group: Alice (leads), Bob. Say gtell TEXT to speak to it.")
  bob:types "group remove alice"
  bob:sees "Only Alice may do that."
  alice:types "group leave"
  alice:sees "You leave the group."
  bob:sees("Bob leads the group now.", "Alice leaves the group.")
  check(bob.group.leader == bob and alice.group == nil)
  bob:types "group leave"
  check(bob.group == nil)
end)

test("nobody joins a group without being asked", function(t)
  local alice, bob = two(t)
  bob:types "group join"
  bob:sees "Nobody has invited you to a group."
  bob:types "set invitations off"
  bob:sees "invitations is off now."
  alice:types "group invite bob"
  alice:sees "Bob does not want to be invited."
  check(alice.group == nil)
end)

test("who follows comes along, until he has enough of it", function(t)
  local alice, bob = two(t)
  bob:types "follow alice"
  bob:sees "You follow Alice."
  alice:sees "Bob follows you."
  alice:types "go north"
  check(bob.location == object "tavern" and alice.location == object "tavern")
  bob:types "unfollow"
  bob:sees("...", "You follow Alice no more.")
  alice:types "go south"
  check(bob.location == object "tavern")
  bob:types "unfollow"
  bob:sees("...", "You follow nobody.")
end)

test("two who follow each other do not run for ever", function(t)
  local alice, bob = two(t)
  bob:types "follow alice"
  alice:types "follow bob"
  alice:types "go north"
  check(bob.location == object "tavern" and alice.location == object "tavern")
  alice:types "lose followers"
  check(bob.leader == nil)
  alice:types "set followers off"
  bob:types "follow alice"
  bob:sees("...", "Alice does not want to be followed.")
end)
