--- From the stalls to the gate.
inherit "exit"
singleton "gate_road"
property.name = "gate"
property.names = {"road", "market", "row"}
join("market_row", "east", "town_gate")
