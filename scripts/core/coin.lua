--- Money: a heap of coins.
inherit "thing"
use "heap"
property.name = "coin"
property.names = {"money"}
property.plurals = "coins"
property.description = "On one side a ship, on the other a fish that is larger than the ship."

--- Only the library and wizards make money; a heap that is parted or paid is made by the library.
--- What a builder's command makes belongs to the builder.
function self:created()
  local maker = caller() or self.owner
  if maker and maker.role ~= "wizard" then
    error("coins are not for " .. maker.name .. " to make")
  end
end
