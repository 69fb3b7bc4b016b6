--- It knows how it came to be and what it was when it went.
inherit "thing"
property.name = "mayfly"
property.wings = 2
property.diary = optional "thing"
function self:created()
  self.description = self.wings .. " wings in " .. self.location.name
end
function self:destroyed()
  self.diary.description = "gone from " .. self.location.name .. " with " .. self.wings .. " wings"
end
