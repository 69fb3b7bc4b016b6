--- An arch of bricks.
inherit "exit"
singleton "garden_arch"
property.name = "arch"
property.names = {"garden"}
join("lane", "north", "garden")
