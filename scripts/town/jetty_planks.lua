--- From the harbour to the boats.
inherit "exit"
singleton "jetty_planks"
property.name = "jetty"
property.names = {"planks", "harbour"}
join("harbour", "south", "jetty")
