--- What keeps the peace: reports of players, and the log of what wizards did.
singleton "moderation"
inherit "thing"
property.name = "moderation"
private.reports = {}                         --- List of {id, at, by, about, words, lines, closed}.
private.deeds = {}                           --- List of {at, name, action, words}, oldest first.
private.next_report = 1

local MAX_REPORTS <const> = 300
local MAX_DEEDS <const> = 2000
local PER_HOUR <const> = 6

--- Keeps a report, with what the reporter saw last, and tells the wizards; gives its number.
function self:file(who, about, words, lines)
  if caller() then error "reports are filed with the command report" end
  local reports, recent = self.reports, 0
  for _, report in ipairs(reports) do
    if report.by == who and report.at > now() - 3600 then recent = recent + 1 end
  end
  if recent >= PER_HOUR then
    refuse "You have reported enough for an hour. The wizards read it all."
  end
  local id = self.next_report
  self.next_report = id + 1
  table.insert(reports, {id = id, at = now(), by = who, by_name = who.name, about = about,
    about_name = about and about.name, words = words, lines = lines})
  while #reports > MAX_REPORTS do table.remove(reports, self:oldest_closed()) end
  self:tell_wizards(text("{#warn Report {id}} of {name}{about}: {words}", {id = id,
    name = who.name, about = about and " about " .. about.name or "", words = words}))
  log("report {id} by {name}{about}: {words}", {id = id, name = who.name,
    about = about and " about " .. about.name or "", words = words})
  return id
end

--- The report of this number, for wizards; nil if there is none.
function self:report(id)
  self:check_code(caller())
  for _, report in ipairs(self.reports) do
    if report.id == id then return report end
  end
end

--- Those that are open, for wizards, oldest first.
function self:open_reports()
  self:check_code(caller())
  local open = {}
  for _, report in ipairs(self.reports) do
    if not report.closed then open[#open + 1] = report end
  end
  return open
end

--- A wizard has seen to a report.
function self:close(who, report)
  self:check_code(caller())
  report.closed = true
  self:note(who, "closed report", "report " .. report.id)
end

--- Keeps what a wizard did, here and in the log. Without authority the whole call is undone:
--- nobody's code mutes in a wizard's name by his command.
function self:note(who, action, words)
  self:check_code(caller())
  system.check()
  local deeds = self.deeds
  table.insert(deeds, {at = now(), name = who.name, action = action, words = words or ""})
  while #deeds > MAX_DEEDS do table.remove(deeds, 1) end
  log("wizard {name} {action} {words}", {name = who.name, action = action, words = words or ""})
end

--- The last `count` deeds of wizards, oldest first.
function self:last_deeds(count)
  self:check_code(caller())
  local list = {}
  for i = math.max(1, #self.deeds - count + 1), #self.deeds do list[#list + 1] = self.deeds[i] end
  return list
end

--- Tells all wizards who are connected, whether their rights are on or not.
function self:tell_wizards(line)
  self:check_code(caller())
  for _, player in ipairs(world:players()) do
    if player.role == "wizard" then player:tell(line) end
  end
end

--- Which report goes first when there are too many.
function private:oldest_closed()
  for i, report in ipairs(self.reports) do
    if report.closed then return i end
  end
  return 1
end

--- An error for code that is not the library's.
function private:check_code(sender)
  if sender then error "only commands of the library use this" end
end
