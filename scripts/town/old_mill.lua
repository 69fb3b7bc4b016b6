--- The ground floor of the mill.
inherit "room"
singleton "old_mill"
property.name = "Old mill"
property.description = "The millstone lies where it stopped. Dust hangs in the light that comes "
  .. "through the shutters, and a ladder goes up through a hole in the ceiling."
property.details = {
  {"millstone stone", "Taller than you are, and cracked from rim to eye."},
  {"dust light", "It turns slowly, as if the mill were still running."},
  {"shutters shutter", "Grey boards, and between them stripes of sky."},
  {"ceiling hole", "There is nothing to be seen up there but dark."},
}
