--- Between the jetty and the bay.
inherit "sea_way"
singleton "jetty_water"
property.name = "bay"
property.names = {"jetty"}
join("jetty", "east", "bay")
