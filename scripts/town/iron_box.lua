--- A box let into the cellar floor. Its key is elsewhere.
inherit "container"
use("lidded", "lockable")
singleton "iron_box"
property.name = "iron box"
property.names = {"strongbox", "safe"}
property.description = "A box of black iron, let into the floor. Its lid is as thick as a thumb."
property.fixed = "It is let into the floor, and the floor is staying."
property.is_locked = true
property.key = object "small_key"
place "cellar"
