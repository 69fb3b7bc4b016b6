--- The gate on the tavern stair. Its key hangs on the rack.
inherit "exit"
use("openable", "lockable")
singleton "stair_gate"
property.name = "stair gate"
property.names = {"gate", "stair", "stairs"}
property.is_locked = true
property.key = object "room_key"
join("tavern", "up", "guest_room")
