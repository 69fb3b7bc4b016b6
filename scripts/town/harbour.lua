--- Boats, nets and wind.
inherit "room"
singleton "harbour"
property.name = "Harbour"
property.outdoors = true
property.description = "Three boats lie here, and a fourth that used to be one. Nets are hung "
  .. "out to dry between the bollards. A causeway runs out to the lighthouse in the east."
