--- The boat at the jetty: sit in it and row.
inherit "thing"
use "vehicle"
singleton "rowing_boat"
property.name = "rowing boat"
property.names = {"oars", "dinghy"}
property.places = 3
property.fixed = "You would need two strong friends and somewhere to put it."
property.description = "Tarred black, with two oars under the thwart. It is called Not Mine."
place "jetty"

--- It stays on the water.
function self:can_drive(_, exit)
  if not isa(exit, "sea_way") then refuse "The boat does not go on land." end
end
