--- The stones out to sea.
inherit "exit"
singleton "causeway_stones"
property.name = "causeway"
property.names = {"stones"}
join("harbour", "east", "causeway")
