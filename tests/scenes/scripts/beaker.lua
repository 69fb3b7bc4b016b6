inherit "thing"
property.name = "beaker"
