--- Where the players of a trial begin: it keeps count of what each has been told.
inherit "room"
singleton "square"
property.name = "Trial square"
property.description = "A bare square with a stone in it. The stone remembers."
property.counts = {}                         --- {player -> marks}
property.tokens = {}                         --- {player -> the last token}
property.log = {}                            --- The last hundred tokens of everybody.

--- Marks the stone: count, token and log belong together.
verb "mark word"
function self:mark(who, token)
  self.counts[who] = (self.counts[who] or 0) + 1
  self.tokens[who] = token
  table.insert(self.log, token)
  if #self.log > 100 then table.remove(self.log, 1) end
  who:tell("Mark {n}.", {n = self.counts[who]})
end

--- Makes a mark and thinks better of it.
verb "waver word"
function self:waver(who, token)
  self.counts[who] = -1
  self.tokens[who] = token
  table.insert(self.log, token)
  refuse "You think better of it."
end

--- Makes a pebble that remembers its number; there is never a pebble without one.
verb "pebble word"
function self:drop_pebble(who, token)
  local pebble = create("pebble", self)
  pebble.token = token
  pebble.by = who
  who:tell("Pebble {token}.", {token = token})
end

--- What the stone remembers of whoever asks.
verb "recall"
function self:recall(who)
  local last, good, pebbles = "none", 0, 0
  for _, token in ipairs(self.log) do
    if token == self.tokens[who] then last = token end
  end
  for _, x in ipairs(self:contents "pebble") do
    if x.by == who then
      pebbles = pebbles + 1
      if x.token ~= "" then good = good + 1 end
    end
  end
  who:tell("Recall {n} token {token} log {last} pebbles {pebbles} good {good}.", {
    n = self.counts[who] or 0, token = self.tokens[who] or "none", last = last,
    pebbles = pebbles, good = good
  })
end
