--- Trait: something to sit on or in. Who sits stays in the room, and stands up when leaving it.
property.places = 3                          --- How many can sit there.
property.inside = false                      --- One sits in it, not on it.
event "sat"                                  --- (who) Somebody sat down.
event "stood"                                --- (who) Somebody stood up.

--- Sits down there.
verb "sit [down] on this"
verb "sit [down] in this"
verb "sit this"
function self:sit(who)
  who:check_deed(caller())
  if who.seat == self then refuse("You are sitting {where} already.", {where = self:where()}) end
  if who.seat then refuse("Stand up first.") end
  if #self:sitters() >= self.places then refuse("{the it} {it:has} no room left.", {it = self}) end
  self:can_sit(who)
  who.seat = self
  self:announce("{who} {who:sits} down {where}.", {who = who, where = self:where()})
  self:sat(who)
end

--- Stands up from it.
function self:stand(who)
  who:check_deed(caller())
  if who.seat ~= self then refuse("You are not sitting {where}.", {where = self:where()}) end
  self:can_stand(who)
  who.seat = nil
  self:announce("{who} {who:stands} up.", {who = who})
  self:stood(who)
end

--- Whether somebody may sit down there.
function self:can_sit() end

--- Whether somebody may stand up from it.
function self:can_stand() end

--- Those who sit there, as a list.
function self:sitters()
  local room, sitting = self:room(), {}
  if not room then return sitting end
  for _, person in ipairs(room:people()) do
    if person.seat == self then sitting[#sitting + 1] = person end
  end
  return sitting
end

--- "On the bench", as a text.
function self:where()
  if self.inside then return text("in {the it}", {it = self}) end
  return text("on {the it}", {it = self})
end

--- What it looks like, and who sits there.
function self:look(who)
  local view, sitting = super.look(self, who), {}
  for _, person in ipairs(self:sitters()) do
    if who:sees(person) then sitting[#sitting + 1] = person end
  end
  if #sitting == 0 then return view end
  local line = "{people} {people:is} sitting {where}."
  return text.lines{view, text(line, {people = sitting, where = self:where()})}
end

--- Nobody carries off what somebody sits on.
function self:can_move(move)
  if move.how == "drive" or #self:sitters() == 0 then return end
  refuse("Somebody is sitting {where}.", {where = self:where()})
end
