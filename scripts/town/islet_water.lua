--- Between the bay and the islet.
inherit "sea_way"
singleton "islet_water"
property.name = "islet"
property.names = {"bay"}
join("bay", "south", "islet")
