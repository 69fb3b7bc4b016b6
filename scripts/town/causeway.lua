--- The way out to the lighthouse.
inherit "room"
singleton "causeway"
property.name = "Causeway"
property.outdoors = true
property.description = "Wet stones, laid by giants or by somebody with a good foreman. The sea "
  .. "is on both sides and would like to be on top."
