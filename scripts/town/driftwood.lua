--- Something to carry about.
inherit "thing"
singleton "driftwood"
property.name = "piece of driftwood"
property.names = {"driftwood", "wood"}
property.description = "Smooth, grey and shaped like nothing at all, unless you squint."
place "harbour"
