--- Opens the guest room.
inherit "thing"
singleton "room_key"
property.name = "brass key"
property.description = "A brass key tied to a wooden whale, so that nobody forgets it in a pocket."
place "key_rack"
