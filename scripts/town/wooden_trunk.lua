--- In the loft of the mill.
inherit "container"
use "lidded"
singleton "wooden_trunk"
property.name = "wooden trunk"
property.names = {"chest"}
property.fixed = "It came up before the ladder did, and it is staying."
property.description = "A sailor's trunk with rope handles. What did a miller want with one?"
place "mill_loft"
