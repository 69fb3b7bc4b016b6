--- From the square down to the harbour.
inherit "exit"
singleton "harbour_street"
property.name = "street"
property.names = {"harbour"}
join("square", "south", "harbour")
