--- For those who build the world.
singleton "builders_channel"
inherit "channel"
property.name = "builders"
property.topic = "Making things"
property.needs_role = "builder"
