--- Trait of players: what wizards do to keep the peace. All of it is in the log of wizards' deeds.

-- "Bob (because ...)" for the log.
local function about(whom, why)
  return (type(whom) == "object" and whom.name or whom) .. (why and ", because " .. why or "")
end

local function note(who, action, words)
  object("moderation"):note(who, action, words)
end

--- Lists the open reports; reports 3 shows one with what the reporter had read.
verb("reports", {role = "wizard"})
function self:list_reports(who)
  who:check_sender(caller())
  local rows = {}
  for _, report in ipairs(object("moderation"):open_reports()) do
    rows[#rows + 1] = {report.id, time.ago(report.at), report.by_name, report.about_name or "",
      report.words}
  end
  if #rows == 0 then return who:tell "There are no open reports." end
  who:tell(text.table(rows, {"", "when", "by", "about", "words"}))
end

--- Shows a report.
verb("reports number", {role = "wizard"})
function self:show_report(who, number)
  who:check_sender(caller())
  local report = object("moderation"):report(number)
  if not report then refuse("There is no report {n}.", {n = number}) end
  local lines = {text("{#strong Report {id}} of {name}, {ago}{state}: {words}",
    {id = report.id, name = report.by_name, ago = time.ago(report.at), words = report.words,
      state = report.closed and ", closed" or ""})}
  for _, line in ipairs(report.lines) do
    lines[#lines + 1] = text("{line}", {line = "| " .. line:gsub("\n", "\n| ")})
  end
  who:tell(text.lines(lines))
end

--- Closes a report that you have seen to: reports close 3.
verb("reports close number", {role = "wizard"})
function self:close_report(who, number)
  who:check_sender(caller())
  local report = object("moderation"):report(number)
  if not report or report.closed then refuse("There is no open report {n}.", {n = number}) end
  object("moderation"):close(who, report)
  who:tell("Report {n} is closed.", {n = number})
end

--- Silences somebody on every door: mute bob 10 because he shouts, mute bob for 2 hours. A number
--- alone is minutes; without one it lasts until unmute.
verb("mute player [because text]", {role = "wizard"})
verb("mute player number [word] [because text]", {role = "wizard"})
verb("mute player for number [word] [because text]", {role = "wizard"})
function self:mute(who, whom, n, unit, why, how)
  who:check_sender(caller())
  if not how then n, unit, why = nil, nil, n end
  if whom.role == "wizard" then refuse "Wizards are not muted." end
  local seconds, words = who:span_of(n, unit, "minute")
  whom:silence(seconds or -1, why)
  local span = words and "for " .. words or "until further notice"
  note(who, "muted", about(whom, why) .. ", " .. span)
  whom:tell("{#warn You are silenced {span}{why}.}",
    {span = span, why = why and ": " .. why or ""})
  who:tell("{name} is silenced {span}.", {name = whom.name, span = span})
end

--- Lets somebody speak again.
verb("unmute player", {role = "wizard"})
function self:unmute(who, whom)
  who:check_sender(caller())
  if not whom:is_silenced() then refuse("{name} is not silenced.", {name = whom.name}) end
  whom:silence(0)
  note(who, "unmuted", whom.name)
  whom:tell "You may speak again."
  who:tell("{name} may speak again.", {name = whom.name})
end

--- Ends all sessions of somebody, who may come back: boot bob because he asked for it.
verb("boot player [because text]", {role = "wizard"})
function self:boot(who, whom, why)
  who:check_sender(caller())
  if not whom.connected then refuse("{name} is not here.", {name = whom.name}) end
  system.boot(whom, why)
  note(who, "booted", about(whom, why))
  who:tell("{name} is gone.", {name = whom.name})
end

--- Tells everybody who is connected: announce The market opens.
verb("announce text", {role = "wizard"})
function self:make_announcement(who, words)
  who:check_sender(caller())
  world:announce("{#strong {name} announces:} {words}", {name = who.name, words = words})
  note(who, "announced", words)
end

--- Shows what wizards did last: wizlog, wizlog 100.
verb("wizlog [number]", {role = "wizard"})
function self:show_deeds(who, count)
  who:check_sender(caller())
  local lines = {}
  for _, deed in ipairs(object("moderation"):last_deeds(math.min(count or 20, 200))) do
    lines[#lines + 1] = text("{when} {#strong {name}} {action} {words}",
      {when = time.format(deed.at, "%Y-%m-%d %H:%M"), name = deed.name, action = deed.action,
        words = deed.words})
  end
  if #lines == 0 then return who:tell "No wizard has done anything yet." end
  who:tell(text.lines(lines))
end
