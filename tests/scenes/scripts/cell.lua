--- A room whose hooks can be watched.
inherit "room"
use "witness"
