--- Trait of persons: sitting down, standing up, and driving what one sits in.
property.seat = optional "thing"             --- What they sit on; nil: they stand.

--- Sits down where there is a seat.
verb "sit [down]"
function self:sit_down(who)
  who:check_deed(caller())
  if who.seat then refuse "You are sitting already." end
  for _, thing in ipairs((who:visible())) do
    if isa(thing, "seat") then
      thing:sit(who)
      return
    end
  end
  refuse "There is nothing here to sit on."
end

--- Stands up.
verb "stand|rise [up]"
verb "get up|out|off"
function self:stand_up(who)
  who:check_deed(caller())
  if not who.seat then refuse "You are standing already." end
  who.seat:stand(who)
end

--- Gets into what there is here that moves.
verb "board"
function self:board(who)
  who:check_deed(caller())
  if who.seat then refuse "You are sitting already." end
  for _, thing in ipairs((who:visible())) do
    if isa(thing, "vehicle") then
      thing:sit(who)
      return
    end
  end
  refuse "There is nothing here to board."
end

--- Drives, rows or rides what one sits in: row south.
verb "drive|row|ride|sail [to] direction"
function self:drive_off(who, direction)
  who:check_deed(caller())
  if not who.seat or not isa(who.seat, "vehicle") then
    refuse "You are not sitting in anything that moves."
  end
  who.seat:drive(who, direction)
end

--- Whoever is elsewhere than the seat does not sit on it any more.
function self:moved()
  if self.seat and self.seat:room() ~= self:room() then self.seat = nil end
end
