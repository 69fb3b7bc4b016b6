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
