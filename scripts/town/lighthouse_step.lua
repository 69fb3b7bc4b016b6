--- The last step before the lighthouse.
inherit "exit"
singleton "lighthouse_step"
property.name = "step"
property.names = {"lighthouse"}
join("causeway", "east", "lighthouse")
