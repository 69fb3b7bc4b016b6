--- The top of the mill: bring a light.
inherit "room"
singleton "mill_loft"
property.name = "Mill loft"
property.dark = true
property.description = "The loft is all beams and cobwebs. A wooden axle as thick as a man "
  .. "crosses it from wall to wall, and something has nested in the gears."
property.details = {
  {"beams beam", "Pegged, not nailed. They will outlast the roof."},
  {"cobwebs cobweb webs", "Old ones. The spiders have moved to the tavern."},
  {"axle", "Chalk marks run along it, in bundles of five, up to sixty-three."},
  {"gears nest", "Hay, feathers, and a ribbon. Nobody is at home."},
}
