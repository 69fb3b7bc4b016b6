--- Where the players of a trial begin: it keeps count of what each has been told.
inherit "room"
singleton "square"
property.name = "Trial square"
property.description = "A bare square with a stone in it. The stone remembers."
property.counts = {}                         --- {player -> marks}
property.tokens = {}                         --- {player -> the last token}
property.log = {}                            --- The last hundred tokens of everybody.
property.thrown = {}                         --- {player -> pebbles made}
property.pebbles = {}                        --- {player -> the last pebble}

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

--- Makes a pebble and destroys the one before; there is never a pebble without its token.
verb "pebble word"
function self:drop_pebble(who, token)
  local pebble = create("pebble", self)
  pebble.token = token
  self.thrown[who] = (self.thrown[who] or 0) + 1
  if self.pebbles[who] then destroy(self.pebbles[who]) end
  self.pebbles[who] = pebble
  who:tell("Pebble {token}.", {token = token})
end

--- What the stone remembers of whoever asks.
verb "recall"
function self:recall(who)
  local last = "none"
  for _, token in ipairs(self.log) do
    if token == self.tokens[who] then last = token end
  end
  local thrown, pebble = self.thrown[who] or 0, self.pebbles[who]
  local whole = thrown == 0 or (pebble and pebble.token == "p" .. thrown)
  who:tell("Recall {n} token {token} log {last} pebbles {thrown} good {good}.", {
    n = self.counts[who] or 0, token = self.tokens[who] or "none", last = last,
    thrown = thrown, good = whole and thrown or -1
  })
end
