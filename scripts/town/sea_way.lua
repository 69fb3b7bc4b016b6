--- A way over water: only a boat gets through.
inherit "exit"
property.fixed = "It is water."

--- Only what is driven, and who sits in it, gets through.
function self:can_pass(_, move)
  if move.how ~= "drive" then refuse "That is open water. You would need a boat." end
end
