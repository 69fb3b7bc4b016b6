--- A shop full of odd things.
inherit "room"
singleton "shop"
property.name = "Shop of curiosities"
property.description = "Shelves up to the ceiling, and on them everything that anybody ever left "
  .. "in a drawer. A ladder on rails leans against them. Prices are written very small."
property.details = {
  {"spectacles pair", "One for reading, one for looking, and one for being looked at."},
  {"shelves shelf drawer drawers",
    "Keys without locks, locks without keys, and one box with both, marked SOLD."},
  {"ladder rails", "It squeaks when it is moved and when it is not."},
  {"ceiling", "There is a boat hanging from it. Nobody has asked how it came in."},
  {"prices price", "So small that you had better say list."},
}
