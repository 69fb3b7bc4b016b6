--- Money: a heap of coins.
inherit "thing"
use "heap"
property.name = "coin"
property.names = {"money"}
property.plurals = "coins"
property.description = "On one side a ship, on the other a fish that is larger than the ship."
