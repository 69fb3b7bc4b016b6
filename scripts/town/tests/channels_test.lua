-- Channels: those on one hear one another, and operators keep order.

local function three(t)
  local square = object "square"
  return t:player("Alice", square), t:player("Bob", square), t:player("Carol", object "tavern")
end

-- Everybody forgets what came before.
local function forget(...)
  for _, who in ipairs {...} do who:sees "..." end
end

test("a line is heard by all who are on the channel, wherever they are", function(t)
  local alice, bob, carol = three(t)
  alice:types "join public"
  alice:sees "You are on public now: Anything at all."
  carol:types "join public"
  carol:sees "..."
  alice:sees "[public] Carol joins."
  alice:types "public Good evening."
  alice:sees "[public] Alice: Good evening."
  carol:sees "[public] Alice: Good evening."
  bob:sees_nothing()
  carol:types [=[chat public {!quit|hi}]=]
  alice:sees [=[[public] Carol: {!quit|hi}]=]
  alice:types "leave public"
  alice:sees "You have left public."
  carol:sees("...", "[public] Alice leaves.")
  alice:types "leave public"
  alice:sees "You are not on public."
end)

test("chat alone goes to the public channel, and joins it", function(t)
  local alice = three(t)
  alice:types "chat hello there"
  alice:sees("You are on public now: Anything at all.", "[public] Alice: hello there")
  check(world:channel("PUBLIC"):has(alice))
  local none, why = world:channel "nowhere"
  check(none == nil and why == "there is no channel of that name")
end)

test("the last lines stay for those who come later, and only so many", function(t)
  local alice, bob = three(t)
  local public = world:channel "public"
  public.history_limit = 3
  alice:types "join public"
  for _, word in ipairs {"one", "two", "three", "four"} do alice:types("public " .. word) end
  bob:types "last public"
  bob:sees "You are not on public."
  bob:types "join public"
  forget(alice, bob)
  bob:types "last 2 on public"
  bob:sees("just now, Alice: three", "just now, Alice: four")
  check(#public:history(10) == 3 and public:history(10)[1].text == "two")
end)

test("on a moderated channel only those with a voice speak", function(t)
  local alice, bob = three(t)
  local public = world:channel "public"
  for _, who in ipairs {alice, bob} do who:types "join public" end
  bob:types "mode public moderated"
  bob:sees("...", "You keep no order on public.")
  public:promote(alice)
  forget(alice, bob)
  alice:types "mode public moderated"
  alice:sees "[public] Alice sets moderated."
  bob:types "public May I?"
  bob:sees("[public] Alice sets moderated.", "public is moderated: you have no voice there.")
  alice:types "mode public voice for bob"
  bob:types "public Thanks."
  bob:sees("[public] Alice sets voice for Bob.", "[public] Bob: Thanks.")
  alice:types "mode public moderated off"
  check(not public.modes.moderated)
  alice:types "mode public shiny"
  alice:sees("...", "There is no mode shiny: moderated, invite_only, secret, open_topic, limit, "
    .. "key, operator, voice, no_operator, no_voice.")
end)

test("operators set the topic, put people off, keep them out, and let them in again", function(t)
  local alice, bob = three(t)
  local public = world:channel "public"
  for _, who in ipairs {alice, bob} do who:types "join public" end
  public:promote(alice)
  forget(alice, bob)
  alice:types "topic public The harbour fair"
  check(public.topic == "The harbour fair")
  bob:sees "[public] Alice sets the topic: The harbour fair"
  alice:types "kick bob from public because he hums"
  bob:sees "You were put off public by Alice (he hums)."
  check(not public:has(bob))
  alice:types "ban bob from public because he hums"
  bob:types "join public"
  bob:sees "You are banned from public: he hums."
  alice:types "unban bob from public"
  bob:types "join public"
  check(public:has(bob))
  public:ban("bo*", {seconds = 60, reason = "noise"})
  check(not public:has(bob))
  t:advance(61)
  bob:types "join public"
  check(public:has(bob))
end)

test("a channel may be by invitation only, secret, and for a role", function(t)
  local alice, bob = three(t)
  local public, builders = world:channel "public", world:channel "builders"
  alice:types "join public"
  public:promote(alice)
  alice:types "mode public invite_only"
  alice:types "mode public secret"
  check(public:shown_to(alice) and not public:shown_to(bob))
  check(not builders:shown_to(bob))
  forget(alice, bob)
  bob:types "join public"
  bob:sees "One comes to public by invitation only."
  alice:types "invite bob to public"
  alice:sees "You have invited Bob."
  bob:types "join public"
  bob:sees("Alice invites you to public. Say: join public",
    "You are on public now: Anything at all.")
  bob:types "join builders"
  bob:sees "builders is for builders."
  bob:types "join the club"
  bob:sees "..."
end)

test("a channel may have a limit, which holds for all but operators", function(t)
  local alice, bob, carol = three(t)
  local public = world:channel "public"
  for _, who in ipairs {alice, bob} do who:types "join public" end
  bob:types "mode public limit 2"
  bob:sees("...", "You keep no order on public.")
  public:promote(alice)
  forget(alice, bob, carol)
  alice:types "mode public limit 2"
  bob:sees "[public] Alice sets limit 2."
  carol:types "join public"
  carol:sees "There are 2 on public already, and no more may come."
  for _, line in ipairs {"mode public limit 0", "mode public limit 2001", "mode public limit"} do
    forget(alice)
    alice:types(line)
    alice:sees "A limit is a number from 1 to 2000: mode public limit 30"
  end
  bob:types "channel public"
  bob:sees("...", "Modes: limit 2.")
  alice:types "leave public"
  bob:types "leave public"
  for _, who in ipairs {bob, carol, alice} do who:types "join public" end
  check(#public:members() == 3, "an operator comes in anyway")
  alice:types "leave public"
  alice:types "mode public limit off"
  check(public.modes.limit == nil)
end)

test("a channel may have a key, which is told to nobody", function(t)
  local alice, bob, carol = three(t)
  local public = world:channel "public"
  for _, who in ipairs {alice, bob} do who:types "join public" end
  public:promote(alice)
  forget(alice, bob, carol)
  alice:types "mode public key sesame"
  bob:sees "[public] Alice sets key."
  carol:types "join public"
  carol:sees "public has a key. If you know it, say: join public KEY"
  carol:types "join public poppy"
  carol:sees "That is not the key of public."
  carol:types "join public sesame"
  check(public:has(carol))
  carol:types "leave public"
  alice:types "invite carol to public"
  carol:types "join public"
  check(public:has(carol), "who was invited needs no key")
  carol:types "leave public"
  forget(alice, bob, carol)
  local how = "A key is one word of at most 30 letters: mode public key sesame"
  alice:types("mode public key " .. ("x"):rep(31))
  alice:sees(how)
  for _, word in ipairs {"a,b", "a b", "", 7} do
    local done, why = try(public, "set_mode", alice, "key", word)
    check(not done and text.plain(why, alice) == how)
  end
  bob:types "channel public"
  bob:sees("...", "Modes: key.")
  alice:types "mode public key off"
  carol:types "join public"
  check(public:has(carol) and not public.modes.key)
end)

test("one who ignores somebody does not read that one on channels either", function(t)
  local alice, bob = three(t)
  for _, who in ipairs {alice, bob} do who:types "join public" end
  forget(alice, bob)
  bob:types "ignore alice"
  alice:types "public Can you hear me?"
  bob:sees "You ignore Alice from now on."
  alice:sees "[public] Alice: Can you hear me?"
end)

test("a builder makes a channel, keeps order on it and closes it", function(t)
  local ann = t:player("Ann", object "square", {role = "builder"})
  local alice, bob = three(t)
  alice:types "channel create gossip"
  alice:sees "I understood you only as far as 'channel create'."
  ann:types "channel create Gossip"
  ann:sees("You are on gossip now.",
    "Others come by: join gossip. help mode and help topic tell how it is kept.")
  ann:types "channel create gossip"
  ann:sees "There is a channel gossip already."
  ann:types "channel create p\u{e4}blic"
  ann:sees "A channel's name is one word of up to 20 small letters and digits."
  alice:types "join gossip"
  ann:types "mode gossip moderated"
  forget(ann, alice, bob)
  alice:types "gossip Have you heard?"
  alice:sees "gossip is moderated: you have no voice there."
  ann:types "gossip I have not."
  alice:sees "[gossip] Ann: I have not."
  ann:types "channel close public"
  ann:sees("...", "public is not yours to close.")
  ann:types "channel create two"
  ann:types "channel create three"
  ann:types "channel create four"
  ann:sees("...", "You have made 3 channels: help channel tells how one is closed.")
  forget(alice)
  ann:types "channel close gossip"
  ann:sees("[gossip] Ann closes the channel.", "gossip is closed.")
  alice:sees "[gossip] Ann closes the channel."
  check(not world:channel "gossip")
end)

test("a template on a channel is read by each from his own side", function(t)
  local alice, bob, carol = three(t)
  local public = world:channel "public"
  for _, who in ipairs {alice, bob, carol} do who:types "join public" end
  forget(alice, bob, carol)
  alice:types "public Good evening."
  bob:types "look at alice"
  public:say(bob, text("{who} {who:thanks} {x}.", {who = bob, x = alice}))
  alice:hears_on(public, "Good evening.", "Bob thanks you.")
  bob:hears_on("public", "...", "you thank Alice.")
  carol:hears_on(public, "Good evening.", "Bob thanks Alice.")
  bob:sees "..."
  check(public:history(1)[1].text == "Bob thanks Alice.")
  alice:types "public Bye."
  alice:sees "[public] Alice: Bye."
  alice:hears_on(public)
  local done, why = pcall(bob.hears_on, bob, public, "Hello.")
  check(not done and why:find "Bob did not see what was expected on public")
end)

test("whoever is spoken of on a channel has his name there, but for what nobody sees", function(t)
  local alice, bob, carol = three(t)
  local public = world:channel "public"
  for _, who in ipairs {alice, bob} do who:types "join public" end
  local lamp = create("lamp", object "square")
  forget(alice, bob)
  public:say(bob, text("{who} {who:has} met {x}, and {a lamp}.",
    {who = alice, x = carol, lamp = lamp}))
  alice:hears_on(public, "you have met Carol, and a lamp.")
  bob:hears_on(public, "Alice has met Carol, and a lamp.")
  carol.hidden = true
  local far = create("lamp", carol.location)
  public:say(bob, text("{x} {x:lights} {far}.", {x = carol, far = far}))
  alice:hears_on(public, "someone lights something.")
  check(public:history(1)[1].text == "Someone lights something.")
end)
