--- Trait of builders: what was done, taking it back, and what would be done.

local most_back <const> = 100000

local function calls_of(found)
  if found.error then refuse("That cannot be looked up: {why}.", {why = found.error}) end
  return found
end

-- What was typed, for whoever typed it and for wizards: others may have said something beside it.
-- Else nil. What nobody typed is shown.
local function words_of(who, call)
  if not call.who or call.who == who or who:has_role "wizard" then return call.line end
end

-- What a past call changed, by the names of the properties.
local function changed_by(call)
  local names = {}
  for _, name in ipairs(call.properties) do
    if name:sub(1, 1) ~= "#" then names[#names + 1] = name end
  end
  return #names > 0 and "changed " .. table.concat(names, ", ") or "changed what it is"
end

-- "a line" of a past call.
local function past_line(who, n, call)
  local words = words_of(who, call)
  return text("{n}  {ago}  {who}: {what} ({changes} {word})", {
    n = string.format("%2d", n), ago = time.ago(call.time),
    what = words and text("{#code {line}}", {line = words}) or changed_by(call),
    who = call.who and call.who.name or call.service, changes = call.changes,
    word = call.changes == 1 and "change" or "changes"
  })
end

--- The player whom the words name, if one may look at what he did.
function self:must_be_player(words)
  local whose = world:find_player(words)
  if not whose then refuse("There is nobody called {words}.", {words = words}) end
  if whose ~= self and not self:has_role "wizard" then
    refuse "Only wizards look at what others have done."
  end
  return whose
end

local function tell_calls(who, found, none)
  if #found == 0 then refuse(none) end
  local lines = {}
  for n, call in ipairs(found) do lines[#lines + 1] = past_line(who, n, call) end
  who:tell(text.lines(lines))
end

--- Tells what you have changed, the newest first: history. What was done to something: history
--- lamp. A wizard reads what somebody else did: history of bob.
verb("history", {role = "builder"})
function self:history(who)
  who:check_typed(caller())
  tell_calls(who, calls_of(who:past_calls{actor = who}), "You have changed nothing yet.")
end

--- Tells what somebody has changed.
verb("history of word", {role = "builder", priority = 1})
function self:history_of(who, name)
  who:check_typed(caller())
  local whose = who:must_be_player(name)
  tell_calls(who, calls_of(who:past_calls{actor = whose}), "Nothing was changed.")
end

--- Tells what was done to something of yours; of what others did, who, when and what changed.
verb("history text", {role = "builder"})
function self:history_of_thing(who, words)
  who:check_typed(caller())
  local thing = who:must_own(words)
  tell_calls(who, calls_of(who:past_calls{object = thing}), "Nothing was done to it.")
end

--- Tells who last changed each property of something of yours: blame lamp, blame lamp.fuel.
verb("blame text", {role = "builder"})
function self:blame(who, words)
  who:check_typed(caller())
  local target, wanted = words:match "^(.-)%.([%a_][%w_]*)$"
  local thing = who:must_own(target or words)
  local lines, known = {}, {}
  for _, call in ipairs(calls_of(who:past_calls{object = thing, limit = 100})) do
    for _, name in ipairs(call.properties) do
      if not known[name] and name:sub(1, 1) ~= "#" and (not wanted or name == wanted) then
        known[name] = true
        local line = words_of(who, call)
        lines[#lines + 1] = text("{#code {name}}: {who}, {ago}{line}", {
          name = name, who = call.who and call.who.name or call.service,
          ago = time.ago(call.time), line = line and text(", {#code {line}}", {line = line}) or ""
        })
      end
    end
  end
  if #lines == 0 then refuse "Nobody has changed that, as far back as is kept." end
  who:tell(text.lines(lines))
end

local function obstacle_words(kind)
  local words = {
    gone = "{it} does not exist any more",
    denied = "{it} is not yours",
    account = "it made a character",
    money = "money changed hands",
    occupied = "there is something in {it} by now",
    damaged = "the journal cannot be read there",
    inside = "{it} would be inside itself",
    no_place = "the place where {it} was does not exist any more",
    namesake = "a player has that name by now"
  }
  return words[kind]
end

local function obstacle_text(undone)
  local it = undone.object or "something"
  if undone.obstacle ~= "changed" then
    return text(obstacle_words(undone.obstacle), {it = it})
  end
  if undone.property == "" then return text("{it} has changed since", {it = it}) end
  return text("{property} of {it} has changed since", {it = it, property = undone.property})
end

--- Takes back the call with that number in somebody's history, and says so.
function self:take_back(whose, n)
  if n < 1 or n > most_back then
    refuse("Say undo, or undo 2 for what stands there in your {!history}.")
  end
  local undone = self:undo_past(whose, n)
  if undone.error == "nothing" then refuse "There is nothing to take back." end
  if undone.error then refuse("That cannot be looked up: {why}.", {why = undone.error}) end
  if undone.obstacle then
    refuse("{#code {line}} cannot be taken back: {why}.",
      {line = undone.line, why = obstacle_text(undone)})
  end
  self:tell("{#code {line}} is taken back ({n} {word}). What was read stays read.", {
    line = undone.line, n = undone.changes, word = undone.changes == 1 and "change" or "changes"
  })
end

--- Takes back what you changed last; with a number, what stands there in your history: undo, undo
--- 3. It can be taken back itself.
verb("undo [number]", {role = "builder"})
function self:undo(who, n)
  who:check_typed(caller())
  who:take_back(who, n or 1)
end

--- Takes back what somebody else has done: undo 2 of bob.
verb("undo number of word", {role = "wizard"})
function self:undo_of(who, n, name)
  who:check_typed(caller())
  who:take_back(who:must_be_player(name), n)
end

local function changed_line(who, change)
  if change.entry then
    return text("{label}: something in {#code {name}} changes",
      {label = who:label(change.object), name = change.property})
  end
  return text("{label}: {#code {name}} becomes {value}",
    {label = who:label(change.object), name = change.property, value = who:shown(change.value)})
end

local function ended(step)
  if not step.words then return step.outcome end
  return text("{outcome}, \"{words}\"", {outcome = step.outcome, words = step.words})
end

local function step_line(who, step)
  local label = step.object and who:label(step.object) or "something that is gone"
  if step.rule then
    return text("The rule {#code {method}} of {label} is asked.",
      {method = step.method, label = label})
  end
  return text("{#code {pattern}} of {class}: {#code {method}} of {label} is called: {outcome}.", {
    pattern = step.pattern, class = step.class, method = step.method, label = label,
    outcome = ended(step)
  })
end

-- Errors quote what code knows: they are for those who may read it.
local function error_line(who, message)
  local class = message:match "^([%w_]+)%.lua:"
  local source = class and who:class_source(class)
  if source and not source.source then
    return text("It would fail in {class}, whose maker can tell why.", {class = class})
  end
  return text("It would fail: {#code {error}}", {error = message})
end

local function end_line(who, run)
  if run.outcome == "failed" then
    local line = error_line(who, run.error or "nobody knows why")
    return line                                -- No tail call: it must be known who called.
  end
  if run.outcome == "done" then return text "It would be done." end
  return text("It would be refused: {words}", {words = run.words or "That does not work."})
end

-- What others whom one sees would read: not what somebody else's code has to say to them.
local function told_line(who, run, told)
  if told.who ~= who and run.secret then
    return text("{name} would read something.", {name = told.who.name})
  end
  return text("{name} would read: {words}", {name = told.who.name, words = told.words})
end

--- Tells what a line would do, without doing it: dryrun take lamp. Who would read what, and what
--- would change, of those and that which you see; what listeners would do afterwards is not
--- followed.
verb("dryrun text", {role = "builder"})
function self:dryrun(who, line)
  who:check_typed(caller())
  local run = who:dry_run(line)
  local lines = {}
  for _, told in ipairs(run.told) do
    if told.who and who:sees(told.who) then lines[#lines + 1] = told_line(who, run, told) end
  end
  for _, change in ipairs(run.changes) do
    local thing = change.object
    if who:sees(thing) or thing:writable_by(who) then
      lines[#lines + 1] = changed_line(who, change)
    end
  end
  lines[#lines + 1] = end_line(who, run)
  who:tell(text.lines(lines))
end

--- Tells how a line is understood: which verbs and rules are tried, in which order, and how each
--- ends: why take lamp.
verb("why text", {role = "builder"})
function self:why(who, line)
  who:check_typed(caller())
  local run = who:dry_run(line)
  local lines = {}
  for _, step in ipairs(run.steps) do lines[#lines + 1] = step_line(who, step) end
  if #run.steps == 0 then lines[#lines + 1] = "No verb here takes that." end
  lines[#lines + 1] = end_line(who, run)
  who:tell(text.lines(lines))
end
