--- What the bakery would like to be known.
inherit "sign"
singleton "bakery_slate"
property.name = "slate"
property.fixed = "Hanne needs it where it is."
property.description = "A slate in a frame, in round handwriting."
property.words = "Bread till noon. Pies till they are gone. Say LIST, then BUY PIE. No credit, not "
  .. "even for captains."
place "bakery"
