--- Quill sells curiosities, and would rather keep them.
inherit "npc"
use("answering", "merchant")
singleton "quill"
property.name = "Quill"
property.proper = true
property.pronouns = "they"
property.names = {"shopkeeper", "keeper"}
property.description = "Thin, dusty and attentive, with three pairs of spectacles, one in use."
property.prices = {woollen_scarf = 3, straw_hat = 2, old_notebook = 2, oil_lantern = 6}
property.thanks = "It will miss me."
property.topics = {
  {"lamp lantern light", "The lantern is six coins. It has been round the world, on a shelf."},
  {"scarf hat", "Knitted and plaited by people who had other plans."},
  {"owl", "Not for sale. We have grown used to each other."},
  {"notebook book", "Empty pages. The rarest thing in the shop."},
  {"price prices", "Say list. I can read it to you, nobody else can."},
}
property.no_answer = "Hm. I may have one of those, somewhere at the back."
place "shop"
