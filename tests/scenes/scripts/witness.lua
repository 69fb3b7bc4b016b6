--- Trait: while it is strict, each of its hooks refuses until it is allowed, and says which it was.
property.strict = false
property.allowed = {}
--- Refuses in a hook that is not allowed.
function self:witness(hook)
  if self.strict and not self.allowed[hook] then
    refuse("{hook} {name}", {hook = hook, name = self.name})
  end
end
function self:can_leave(thing, move) self:witness("can_leave " .. thing.name .. " " .. move.how) end
function self:can_move(move) self:witness("can_move " .. move.how) end
function self:can_pass(who) self:witness("can_pass " .. who.name) end
function self:can_enter(thing, move) self:witness("can_enter " .. thing.name .. " " .. move.how) end
function self:left(thing) self:witness("left " .. thing.name) end
function self:moved(move) self:witness("moved " .. move.how) end
function self:entered(thing) self:witness("entered " .. thing.name) end
