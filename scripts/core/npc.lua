--- Somebody who lives here: moved by the world, not by a player.
inherit "person"
event "told"                                 --- (text) Something was said to this one alone.
