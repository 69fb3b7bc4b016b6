--- A dog with habits and a memory.
inherit "npc"
property.name, property.pronouns = "old hound", "he"
property.sleeps = false
property.friends = {}                        --- {player -> times petted}

every(60, {near = true})
function self:amble()
  if self.sleeps then return end
  local exit = pick(self.location:exits())
  if exit and try(self, "go", exit) then return end
  self:announce("{dog} {deed}.", {dog = self, deed = pick {"scratches an ear", "sighs"}})
end

daily "21:00"
function self:lie_down()
  self.sleeps = true
  self:announce("{dog} {dog:lies} down.", {dog = self})
end

daily "07:00"
function self:get_up() self.sleeps = false end

verb "stroke this"
function self:stroke(who)
  self.friends[who] = (self.friends[who] or 0) + 1
  self:announce("{who} {who:strokes} {dog}. {they dog} {dog:wags} {their dog} tail.",
    {who = who, dog = self})
end

function self:noticed(event)
  if self.sleeps or event.kind ~= "arrival" or (self.friends[event.who] or 0) < 2 then return end
  self:announce("{dog} barks at {who}.", {dog = self, who = event.who})
end
