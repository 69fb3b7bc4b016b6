--- Something with words on it that one reads by looking at it.
inherit "thing"
use "readable"
property.name = "sign"

--- Looking at it is reading it.
function self:look(who)
  return text.lines{self:describe(who), self:wording()}
end
