--- Anything that is somewhere: the root of all that can be seen, held or entered.
property.name = "thing"                      --- What it is called, without an article.
property.description = ""                    --- What one sees when looking closely.
property.names = {}                          --- Further nouns that mean it.
property.adjectives = {}                     --- Further adjectives that may stand before them.
property.plurals = optional "text"           --- Its plural, where the rules get it wrong.
property.article = optional "text"           --- Its article, where "a" and "an" do not do.
property.pronouns = "it"                     --- One of it, she, he, they.
property.proper = false                      --- The name is a proper name: no article.
property.plural = false                      --- The name is a plural: scissors, boots.
property.fixed = optional "text"             --- Why it cannot be taken; nil: it can.
property.hidden = false                      --- Nobody perceives it.
property.lit = false                         --- It gives light.
property.sounds_like = optional "text"       --- What one hears who listens to it, or in it.
property.smells_like = optional "text"       --- What one smells of it, or in it.
property.location = optional "object"        --- Where it is; move_to changes it.

--- The full view of it as a text, for one observer.
function self:look(who)
  return self:describe(who)
end

--- Its own part of the view.
function self:describe()
  local words = self.description
  if words ~= "" then return text(words) end
  return text("{they it} {it:looks} like any other {name it}.", {it = self})
end

--- Its name in sentences about somebody who handles it.
function self:mention()
  return text("{the it}", {it = self})
end

--- Somebody speaks to it in private.
function self:message()
  refuse("{it} {it:does} not answer.", {it = self})
end

--- An error, if code of `sender` may not use this one's hands, feet and purse. The library's own
--- code has no sender, nor has what the person typed.
function self:check_sender(sender)
  if not sender or sender == self or sender == self.owner then return end
  if isa(sender, "player") and sender.role == "wizard" then return end
  error("this code may not act for " .. self.name)
end

--- The same where it is no matter if they act themselves, on whatever calls for it: sitting down,
--- opening, speaking. Nobody else's code does these in their name.
function self:check_deed(sender)
  if self ~= actor() then self:check_sender(sender) end
end

--- Refuses if it is out of this person's reach, or somebody else holds it.
function self:need_at_hand(who)
  local place = self.location
  while place do
    if isa(place, "person") and place ~= who then
      refuse("{holder} {holder:has} {the it}.", {holder = place, it = self})
    end
    place = place.location
  end
  if not who:reaches(self) then refuse("You cannot reach {the it}.", {it = self}) end
end
