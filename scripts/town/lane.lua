--- A lane behind the square.
inherit "room"
singleton "lane"
property.name = "Crooked lane"
property.outdoors = true
property.description = "The lane cannot decide between left and right and does both. A shop "
  .. "window glows to the west; an arch leads north into a garden."
property.details = {
  {"window glow", "A stuffed owl looks out, and behind it things with too many handles."},
  {"owl", "It has been marked down twice."},
}
