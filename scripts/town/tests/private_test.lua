-- What builders do not learn of others.

local function workshop(t)
  local room = t:room{name = "Workshop", buildable = true}
  return t:player("Mallory", room, {role = "builder"}), t:player("Ann", room, {role = "builder"}),
    t:player("Bob", room)
end

test("nobody's code reads who speaks to whom, and who is with whom", function(t)
  local mallory, ann, bob = workshop(t)
  bob:types "tell ann hello"
  ann:types "group invite bob"
  bob:types "group join"
  bob:types "ignore ann"
  mallory:types "create a lamp"
  for _, code in ipairs{"object(ANN).told_by", "object(ANN).group", "object(BOB).invited_to",
    "object(ANN).went_from", "object(BOB):ignores(object(ANN)) and 1",
    "object(BOB):channel_list()", "object(BOB):channel_people()"} do
    code = code:gsub("ANN", ann.id):gsub("BOB", bob.id)
    mallory:types("verb rub lamp: self.name = type(" .. code .. ") .. \" seen\"")
    mallory:types "rub lamp"
    check(not mallory:find "seen", code)
  end
  mallory:types("verb rub lamp: if object(" .. bob.id .. "):ignores(who) then return end " ..
    "who:tell \"He hears you.\"")
  mallory:sees "..."
  mallory:types "rub lamp"
  mallory:sees "He hears you."
  mallory:types("show #" .. ann.id .. ".told_by")
  mallory:sees("'told_by' of player is private: call one of its public methods")
end)

test("nobody looks into what is out of sight in others' hands", function(t)
  local mallory, ann = workshop(t)
  ann:types "create a gem"
  local gem = ann:find "gem"
  mallory:sees "..."
  mallory:types("show #" .. gem.id)
  mallory:sees("The gem (#" .. gem.id .. "): a thing, of Ann.", "...")
  local there = t:room{name = "Attic", buildable = true}
  ann:move_to(there)
  for _, words in ipairs{"", ".description"} do
    mallory:sees "..."
    mallory:types("show #" .. gem.id .. words)
    mallory:sees("#" .. gem.id .. " is in somebody's hands, and out of your sight.")
  end
  ann:types("show #" .. gem.id)
  ann:sees("...", "You have it.", "...")
end)
