--- The lamp that belongs to the tavern, and is lent to anybody who dares the cellar.
inherit "lamp"
singleton "brass_lamp"
property.name = "brass lamp"
property.description = "A dented lamp of brass, with a handle worn bright."
property.fuel = 240
place "tavern"
