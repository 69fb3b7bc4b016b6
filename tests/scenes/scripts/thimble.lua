inherit "thing"
property.name = "thimble"
