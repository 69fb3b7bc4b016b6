--- Trait of builders: taking back what was done, and telling what would be done.

local most_back <const> = 100000
local at_once <const> = 100                  -- Past calls that are looked at together.
local taken_back <const> =
  "{#code {line}} is taken back ({n} {word}). What was read stays read."

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
  local it = undone.object or undone.class or "something"
  if undone.obstacle == "code" then
    return text("{class} cannot be as it was then: {#code {why}}",
      {class = undone.class, why = undone.why})
  end
  if undone.obstacle ~= "changed" then
    return text(obstacle_words(undone.obstacle), {it = it})
  end
  if undone.property == "" then return text("{it} has changed since", {it = it}) end
  return text("{property} of {it} has changed since", {it = it, property = undone.property})
end

-- Of calls, the newest first, the first that stands: one that is no undo, nor taken back itself.
-- For a redo the first undo that stands. `gone` remembers what was taken back.
local function standing(calls, gone, for_redo)
  for _, call in ipairs(calls) do
    local is_wanted = for_redo and call.undid and not call.redid or not for_redo and not call.undid
    if not gone[call.cause] then
      if is_wanted then return call end
      if call.undid then gone[call.undid] = true end
    end
  end
end

-- The last call to take back, or the last undo.
local function last_standing(who, for_redo)
  local gone = {}
  for skip = 0, most_back, at_once do
    local calls = who:past_calls{actor = who, skip = skip, limit = at_once}
    if calls.error then return calls end
    local found = standing(calls, gone, for_redo)
    if found then return found end
    if #calls < at_once then break end
  end
  return {error = "nothing"}
end

-- The call with that number in somebody's history.
local function numbered(who, whose, n)
  if n < 1 or n > most_back then
    refuse("Say undo, or undo 2 for what stands there in your {!history}.")
  end
  local calls = who:past_calls{actor = whose, skip = n - 1, limit = 1}
  return calls.error and calls or calls[1] or {error = "nothing"}
end

--- Takes back one of somebody's past calls, and says so in these words.
function self:take_back(whose, call, words)
  local line = call.line
  local undone = call.error and call or self:undo_past(whose, call.cause)
  if undone.error == "nothing" then refuse "There is nothing to take back." end
  if undone.error then refuse("That cannot be looked up: {why}.", {why = undone.error}) end
  if undone.obstacle then
    refuse("{#code {line}} cannot be taken back: {why}.",
      {line = undone.line, why = obstacle_text(undone)})
  end
  self:tell(words, {
    line = line, n = undone.changes,
    word = undone.changes == 1 and "change" or "changes"
  })
end

--- Takes back what you changed last, be it things or code, and said once more what you changed
--- before that; with a number, what stands there in your history: undo, undo 3. redo takes back the
--- undo.
verb("undo [number]", {role = "builder"})
function self:undo(who, n)
  who:check_typed(caller())
  local call = n and numbered(who, who, n) or last_standing(who, false)
  who:take_back(who, call, taken_back)
end

--- Takes back your last undo: what it took back is there again.
verb("redo", {role = "builder"})
function self:redo(who)
  who:check_typed(caller())
  local call = last_standing(who, true)
  call.line = call.line and call.line:gsub("^undo: ", "")
  who:take_back(who, call, "{#code {line}} is done again ({n} {word}).")
end

--- Takes back what somebody else has done: undo 2 of bob.
verb("undo number of word", {role = "wizard"})
function self:undo_of(who, n, name)
  who:check_typed(caller())
  local whose = who:must_be_player(name)
  local call = numbered(who, whose, n)
  who:take_back(whose, call, taken_back)
end

local function changed_line(who, change)
  if change.made then return text("{name} is made", {name = change.made}) end
  if change.destroyed then
    return text("{label} is destroyed", {label = who:label(change.object)})
  end
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
  if run.asks then return text("Then it would ask you: {question}", {question = run.asks}) end
  if run.outcome == "waiting" then
    local span = run.waits and time.span(run.waits)
    return span and text("Then it would wait for {span}.", {span = span})
      or text "Then it would wait until the server has done it."
  end
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
    if not thing or who:sees(thing) or thing:writable_by(who) then
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
