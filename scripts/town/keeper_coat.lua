--- What the lighthouse keeper left behind.
inherit "thing"
use "wearable"
singleton "keeper_coat"
property.name = "keeper's coat"
property.names = {"coat"}
property.worn_on = "body"
property.description = "Oilcloth, black, and much too long. There is candle wax on the left sleeve."
place "lighthouse"
