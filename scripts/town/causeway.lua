--- The way out to the lighthouse.
inherit "room"
singleton "causeway"
property.name = "Causeway"
property.outdoors = true
property.description = "Wet stones, laid by giants or by somebody with a good foreman. The sea "
  .. "is on both sides and would like to be on top."
property.details = {
  {"stones stone", "Each is as long as a cart. They do not rock."},
  {"sea waves", "Left it is green, right it is grey. Nobody knows why."},
}
