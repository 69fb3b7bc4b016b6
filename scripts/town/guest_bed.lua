--- One may lie in it, or at least sit on it.
inherit "thing"
use "seat"
singleton "guest_bed"
property.name = "narrow bed"
property.places = 2
property.fixed = "It was built in this room, and will not leave it whole."
property.description = "A straw mattress, a grey blanket, and a dent in the shape of everybody."
place "guest_room"
