--- Where newcomers ask, and others answer.
singleton "questions_channel"
inherit "channel"
property.name = "questions"
property.topic = "How does one do that?"
