--- Trait: a seat that moves, with those who sit in it. Where it gets through, the
--- `can_pass` of exits say: they are asked with `move.how == "drive"`.
use "seat"
property.inside = true
property.fixed = "It is too heavy to carry."
event "driven"                               --- (who, exit) Somebody drove it through that exit.

--- Gets into it.
verb "enter|board|mount this"
verb "get|climb in this"
verb "get|climb on this"
function self:enter(who)
  who:check_deed(caller())
  self:sit(who)
end

--- Drives it through an exit, given as such or by its direction.
function self:drive(who, way)
  who:check_deed(caller())
  if who.seat ~= self then refuse("Sit down {where} first.", {where = self:where()}) end
  local here = self:room()
  local exit = type(way) == "object" and way or here:exit(way)
  if not exit then refuse("There is no way {way} from here.", {way = way}) end
  self:can_drive(who, exit)
  local there, sitting = exit:other(here), self:sitters()
  if not there then refuse("{the exit} does not lead on from here.", {exit = exit}) end
  local args = {it = self, sitting = sitting, way = exit:direction(here)}
  self:announce("{the it} leaves {way} with {sitting}.", args,
    {except = sitting, kind = "departure"})
  self:move_to(there, {how = "drive", via = exit})
  for _, person in ipairs(sitting) do person:move_to(there, {how = "drive", via = exit}) end
  self:announce("{a it} arrives with {sitting}.", args,
    {except = sitting, kind = "arrival"})
  for _, person in ipairs(sitting) do
    person:tell("{the it} carries you {way}.", args)
    person:tell(there:look(person))
  end
  self:driven(who, exit)
end

--- Whether somebody may drive it through this exit.
function self:can_drive() end
