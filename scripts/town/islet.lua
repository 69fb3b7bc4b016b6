--- A rock with a secret.
inherit "room"
use "open_sea"
singleton "islet"
property.name = "Islet"
property.outdoors = true
property.description = "A back of bare rock, a hollow full of sand, and one bent pine. Seals "
  .. "have left the sand warm. The bay is to the north."
property.details = {
  {"rock", "Grey, with a white line where the tide stops."},
  {"sand hollow", "Fine as flour. There are prints of flippers in it."},
  {"pine tree", "It has grown away from the wind for so long that it lies down."},
  {"seals seal prints", "They are out in the bay, six round heads, watching."},
}
