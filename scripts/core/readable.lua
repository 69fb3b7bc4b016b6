--- Trait: something with words on it, which anybody may read and perhaps add to.
property.words = ""                          --- What stands on it from the beginning.
property.writable = false                    --- Anybody may write on it.
property.lines = {}                          --- What was written on it since, as a list.
property.max_lines = 50                      --- After that many it is full.
event "read_by"                              --- (who) Somebody read it.
event "written"                              --- (who, words) Somebody wrote on it.

--- Reads what is written there.
verb("read this", {reach = "see"})
function self:read(who)
  self:can_read(who)
  who:tell(self:wording())
  self:read_by(who)
end

--- Writes on it: write I was here in book.
verb "write text in|on this"
function self:write(who, words)
  who:check_deed(caller())
  if isa(who, "player") then who:check_voice() end
  if not self.writable then refuse("{the it} {it:is} not for writing on.", {it = self}) end
  if #words > 400 then refuse "That is too long." end
  if #self.lines >= self.max_lines then refuse("{the it} {it:is} full.", {it = self}) end
  self:can_write(who, words)
  self.lines[#self.lines + 1] = words
  self:announce("{who} {who:writes} something on {the it}.",
    {who = who, it = self})
  self:written(who, words)
end

--- Whether somebody may read it.
function self:can_read() end

--- Whether somebody may write these words on it.
function self:can_write() end

--- All that stands there, as a text.
function self:wording()
  local parts = {}
  if self.words ~= "" then
    parts[1] = text("{they it} {it:says}: {words}", {it = self, words = self.words})
  end
  for _, line in ipairs(self.lines) do parts[#parts + 1] = text("\"{line}\"", {line = line}) end
  if #parts == 0 then return text("There is nothing written on {the it}.", {it = self}) end
  return text.lines(parts)
end
