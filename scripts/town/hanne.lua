--- Hanne bakes for the whole town.
inherit "npc"
use("answering", "merchant")
singleton "hanne"
property.name = "Hanne"
property.proper = true
property.pronouns = "she"
property.names = {"baker", "woman"}
property.description = "Flour to the elbows, and a smear of it on her nose that nobody mentions."
property.prices = {bread_roll = 1, meat_pie = 3}
property.thanks = "Eat it while it is warm."
property.topics = {
  {"bread roll pie", "Bread is one coin, pie is three. The pie is worth four."},
  {"mill flour miller", "The flour comes by ship now. The mill has no sails and no miller."},
  {"oven", "My grandmother lit it. It has not been out since."},
}
property.no_answer = "I know about bread. Ask me about bread."
place "bakery"
