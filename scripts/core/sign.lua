--- Something with words on it that anybody may read.
inherit "thing"
property.name = "sign"
property.words = "There is nothing written on it."

--- Reads what is written on it.
verb("read this", {reach = "see"})
function self:read(who)
  who:tell("It says: {words}", {words = self.words})
end

--- Looking at it is reading it.
function self:look(who)
  return text.lines{self:describe(who), text("It says: {words}", {words = self.words})}
end
