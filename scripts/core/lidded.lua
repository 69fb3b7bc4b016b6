--- Trait: a container with a lid. What is inside is out of reach while it is shut.
use "openable"

--- A shut lid keeps hands out.
function self:can_reach_inside()
  if not self.is_open then refuse("{it} {it:is} shut.", {it = self}) end
end

--- Nothing goes in through a shut lid.
function self:can_enter()
  self:can_reach_inside()
end

--- Nothing comes out through one.
function self:can_leave()
  self:can_reach_inside()
end
