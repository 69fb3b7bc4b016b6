--- Boats, nets and wind.
inherit "room"
singleton "harbour"
property.name = "Harbour"
property.outdoors = true
property.description = "Three boats lie here, and a fourth that used to be one. Nets are hung "
  .. "out to dry between the bollards. A causeway runs out to the lighthouse in the east; a "
  .. "jetty leads south."
property.sounds_like = "Gulls, and ropes that creak with every wave."
property.smells_like = "Salt, tar and fish."
property.details = {
  {"beard", "There is a fish hook in it, and a bit of net."},
  {"boats boat", "The Patience, the Second Patience, and one that is called Boat."},
  {"nets net", "Mended so often that there is more mending than net."},
  {"bollards bollard", "Old cannons, sunk in the ground to their necks."},
  {"lighthouse", "White, or it was. No light shows in it."},
  {"wind gulls", "It comes from the sea, and so do the gulls."},
}
