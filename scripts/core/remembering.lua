--- Trait of channels: the last lines, for those who come later.
property.history_limit = 100                 --- Lines kept; 0: none.
private.lines = {}                           --- List of {at, who, name, text}, oldest first.

--- Keeps a line.
function private:remember(who, words)
  local lines = self.lines
  if self.history_limit > 0 then
    lines[#lines + 1] = {at = now(), who = who, name = who.name, text = words}
  end
  while #lines > self.history_limit do table.remove(lines, 1) end
end

--- The last `n` lines that were said, or those said before the time `before`: a list of
--- {at, who, name, text}, oldest first.
function self:history(n, before)
  local found = {}
  local lines = self.lines
  for i = #lines, 1, -1 do
    if #found >= n then break end
    local line = lines[i]
    if not before or line.at < before then
      table.insert(found, 1, {at = line.at, who = line.who, name = line.name, text = line.text})
    end
  end
  return found
end
