--- Round the corner from the square.
inherit "exit"
singleton "lane_corner"
property.name = "corner"
property.names = {"lane"}
join("square", "west", "lane")
