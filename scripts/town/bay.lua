--- Open water.
inherit "room"
use "open_sea"
singleton "bay"
property.name = "In the bay"
property.outdoors = true
property.description = "Water on all sides and sky on top. The jetty is a line in the west; to "
  .. "the south an islet shows its rocks."
property.details = {
  {"water waves sea", "Green near the boat, blue further off."},
  {"sky", "More of it than you are used to."},
  {"rocks", "They wait where they are."},
}
