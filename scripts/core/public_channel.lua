--- The channel for everybody.
singleton "public_channel"
inherit "channel"
property.name = "public"
property.topic = "Anything at all"
