--- Brock guards a gate that nobody can shut.
inherit "npc"
use "answering"
singleton "brock"
property.name = "Brock"
property.proper = true
property.pronouns = "he"
property.names = {"guard", "gatekeeper", "man"}
property.description = "A helmet, a man below it, and a spear that both of them lean on."
property.topics = {
  {"gate portcullis", "Cannot be shut. Cannot be opened either. I guard the half of it."},
  {"mill loft trunk", "The miller came back from sea once, with a trunk. Then he went again."},
  {"meadow sheep", "Count them if you like. You get four, or you get sleepy."},
}
property.no_answer = "I am on duty."
place "town_gate"
