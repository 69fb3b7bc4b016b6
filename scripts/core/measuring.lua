--- Trait of players: spans of time as wizards type them.

local MOST <const> = 100000                  -- Of any unit.

-- What one of a unit is, in seconds, and its name; nil: there is no such unit.
local function unit_of(word)
  local units = {
    m = {60, "minute"}, h = {3600, "hour"}, d = {86400, "day"}, w = {7 * 86400, "week"},
    min = {60, "minute"}
  }
  local lower = word:lower()
  for _, unit in pairs(units) do
    if lower == unit[2] or lower == unit[2] .. "s" then return unit end
  end
  return units[lower] or units[(lower:gsub("s$", ""))]
end

--- So many of a unit, `usual` if none was named, as seconds and in words: 864000, "10 days". Nil
--- without a number: for ever.
function private:span_of(n, word, usual)
  if not n then return nil end
  local unit = unit_of(word or usual)
  if not unit then
    refuse("What is {word}? Say minutes, hours, days or weeks; a number alone is {usual}s.",
      {word = word, usual = usual})
  end
  if n < 1 or n > MOST then
    refuse("That is no time: it takes a number from 1 to {n}.", {n = MOST})
  end
  return n * unit[1], n .. " " .. unit[2] .. (n == 1 and "" or "s")
end
