-- What help tells to whom.

test("players are told of their own words only", function(t)
  local ann = t:player("Ann", t:room{name = "Hall"})
  for _, entry in ipairs(ann:verbs(ann)) do check(entry.role == nil, entry.word) end
  ann:types "help dig"
  ann:sees "There is no help about dig. Just say help."
end)

test("building stands by itself for builders, and what wizards may for wizards", function(t)
  local here = t:room{name = "Hall"}
  local ann = t:player("Ann", here, {role = "builder", width = 1000})
  local wiz = t:player("Wiz", here, {role = "wizard", width = 1000})
  local building = "Building: blame, classes, clone, create, destroy, dig, dryrun, edit, find, "
    .. "forget, goto, history, link, set, show, undo, unlink, verb, why."
  ann:sees "..."
  ann:types "help"
  ann:sees("What you can do", "...", building, "Things have words of their own: look closely. "
    .. "A direction alone walks there.", "...")
  wiz:types "help"
  wiz:sees("What you can do", "...", building, "For wizards: announce, ban, bans, boot, mute, "
    .. "reports, shutdown, unban, undo, unmute, wizlog.", "...")
end)
