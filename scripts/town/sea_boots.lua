--- Boots for anybody who does not mind the smell.
inherit "thing"
use "wearable"
singleton "sea_boots"
property.name = "sea boots"
property.names = {"boot", "pair of boots"}
property.plural = true
property.worn_on = "feet"
property.description = "They reach to the thigh and smell of herring up to the knee."
place "jetty"
