--- Trait of builders: things as files, for git and for other worlds.

local longest_shown <const> = 60000

-- What stands in front, and a list with a line for each.
local function lines_of(first, list)
  local lines = {first}
  for _, each in ipairs(list) do lines[#lines + 1] = text("{each}", {each = each}) end
  return text.lines(lines)
end

--- The things of one's own that these words name: "lamp", "here", "lamp, #130".
function self:things_named(words)
  local things = {}
  for part in (words .. ","):gmatch "%s*(.-)%s*," do
    if part ~= "" then things[#things + 1] = self:must_own(part) end
  end
  if #things == 0 then refuse "Say for instance: export lamp." end
  return things
end

--- Shows something of yours as a file that import reads: export lamp, with what is in it; export
--- here, a room with its exits and things; export lamp, #130, several. Whose it is, is not in it.
--- By SSH the file alone comes out: ssh you@host export lamp > lamp.lua
verb("export text", {role = "builder"})
function self:export_things(who, words)
  who:check_typed(caller())
  local result = who:export_objects(who:things_named(words))
  if #result.faults > 0 then refuse(lines_of("That cannot be exported:", result.faults)) end
  if #result.left_out > 0 then who:tell(lines_of("Without these:", result.left_out)) end
  if who:takes_file() then return result.text end
  if #result.text > longest_shown then
    refuse "That is too long to be shown: export it by SSH."
  end
  who:tell(result.text)
end

-- What he gives; in no variable of the import, which would hold it while that waits.
local function read_from(who)
  local written = who:edit "What shall be imported?"
  who:check_voice()
  return written
end

--- Reads a file that export wrote: what is in it is made, or becomes what the file says where it is
--- here already. All or nothing: what is wrong is told line by line, and undo takes it back. Asks
--- for the text; by SSH: ssh you@host import < lamp.lua
verb("import", {role = "builder"})
function self:import_things(who)
  who:check_typed(caller())
  who:check_voice()
  local result = who:import_text(read_from(who))
  if #result.faults > 0 then refuse(lines_of("Nothing was imported:", result.faults)) end
  if #result.notes > 0 then who:tell(lines_of("Otherwise than it says:", result.notes)) end
  who:tell("Imported: {made} made, {changed} changed, {same} as before; {count n class/classes} " ..
    "made or changed.",
    {made = result.made, changed = result.changed, same = result.unchanged, n = result.classes})
end
