--- Between the square and the tavern.
inherit "exit"
singleton "tavern_way"
property.name = "tavern"
property.names = {"inn", "whale"}
join("square", "north", "tavern")
