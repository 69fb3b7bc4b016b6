--- Opens the guest room.
inherit "thing"
use "returning"
singleton "room_key"
property.name = "brass key"
property.description = "A brass key tied to a wooden whale, so that nobody forgets it in a pocket."
property.home = object "key_rack"
place "key_rack"
