--- Where the key of the guest room hangs.
inherit "container"
singleton "key_rack"
property.name = "key rack"
property.names = {"rack"}
property.surface = true
property.capacity = 4
property.fixed = "It is nailed to the wall."
property.description = "A board with four hooks."
place "tavern"
