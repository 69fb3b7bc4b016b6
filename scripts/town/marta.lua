--- Marta keeps the tavern, and an eye on the cellar door.
inherit "npc"
use("answering", "merchant")
singleton "marta"
property.name = "Marta"
property.proper = true
property.pronouns = "she"
property.names = {"keeper", "landlady", "woman"}
property.description = "Broad, quick and grey, with a towel over one shoulder. Nothing happens "
  .. "here that she misses."
property.greeted = {}                        --- Who has been here before, as keys.
property.prices = {onion_stew = 2, small_ale = 1}
property.thanks = "There you are. The fire is free."
property.topics = {
  {"lamp light", "The brass one. Bring it back, and mind the oil."},
  {"key box", "The box came with the house. The key went with the lighthouse keeper."},
  {"whistle", "Ask old Tom about whistles, and then find a chair."},
  {"room bed guest", "The key is on the rack. Put it back when you are done with dreaming."},
  {"cellar dark", "Barrels, dark and that box. The dark comes at no charge."},
  {"stew ale food drink", "Say list and I tell you what there is. It will not take long."},
  {"coin coins money", "People used to throw coins into the fountain, for luck. Not their luck."},
}
place "tavern"

--- Greets whoever comes in, each once.
function self:noticed(event)
  local who = event.who
  if event.kind ~= "arrival" or not isa(who, "player") or self.greeted[who] then return end
  self.greeted[who] = true
  self:say "Come in, come in. Take a lamp if you go downstairs, it is black as a boot there."
end

--- Whoever asks her has learned to talk to people.
function self:answer(who, subject)
  super.answer(self, who, subject)
  object("first_steps"):learned(who, "ask")
end
