--- Under the awning.
inherit "exit"
singleton "bakery_door"
property.name = "bakery"
property.names = {"baker"}
join("market_row", "north", "bakery")
