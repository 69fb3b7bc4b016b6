-- What help tells to whom.

-- "dig, undo, ...": what only those with this role may say.
local function words_of(who, role)
  local words = {}
  for _, entry in ipairs(who:verbs(who)) do
    if entry.role == role and words[#words] ~= entry.word then words[#words + 1] = entry.word end
  end
  return table.concat(words, ", ")
end

test("players are told of their own words only, by what they are for", function(t)
  local ann = t:player("Ann", t:room{name = "Hall"}, {width = 1000})
  for _, entry in ipairs(ann:verbs(ann)) do check(entry.role == nil, entry.word) end
  ann:types "help dig"
  ann:sees "There is no help about dig. Just say help."
  ann:types "help"
  ann:sees("What you can do", "...", "Together: follow, group, gtell, lose, stop, unfollow.", "...",
    "Say quit to leave: you come back here.")
end)

test("building stands by itself for builders, and what wizards may for wizards", function(t)
  local here = t:room{name = "Hall"}
  local ann = t:player("Ann", here, {role = "builder", width = 1000})
  local wiz = t:player("Wiz", here, {role = "wizard", width = 1000})
  local building, guarding = words_of(wiz, "builder"), words_of(wiz, "wizard")
  check(words_of(ann, "builder") == building and words_of(ann, "wizard") == "")
  check(building:find "dig" and guarding:find "boot")
  ann:sees "..."
  ann:types "help"
  ann:sees("What you can do", "...", "Building: " .. building .. ".", "...")
  wiz:types "help"
  wiz:sees("What you can do", "...", "Building: " .. building .. ".",
    "For wizards: " .. guarding .. ".", "...")
end)

test("help about a word flows, wherever its comment breaks", function(t)
  local alice = t:player("Alice", object "square")
  alice:types "help settings"
  alice:sees("...", "settings: Lists your settings. Those of your terminal (width, colours, " ..
    "charset, screenreader, links) are set in the same way, and hold wherever you log in: set " ..
    "width 100; set width auto: as your client says.", "...")
end)

test("help is given to who asks in capitals", function(t)
  local ann = t:player("Ann", t:room{})
  ann:types "help DROP"
  ann:sees "..."
  ann:types "help LOOKS"
  ann:sees "There is no help about LOOKS. Just say help."
end)

test("a gesture may be at somebody without at", function(t)
  local room = t:room{}
  local ann = t:player("Ann", room)
  t:player("Bob", room)
  ann:types "smile bob"
  ann:sees "You smile at Bob."
end)
