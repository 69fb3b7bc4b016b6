--- From the square into the row of stalls.
inherit "exit"
singleton "market_street"
property.name = "market row"
property.names = {"market", "row", "street"}
join("square", "east", "market_row")
