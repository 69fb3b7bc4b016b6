--- Old Tom mends nets at the harbour and knows where everybody went.
inherit "npc"
use "answering"
singleton "tom"
property.name = "Old Tom"
property.proper = true
property.pronouns = "he"
property.names = {"tom", "fisherman", "man"}
property.description = "More beard than man. His hands go on mending whatever his eyes are doing."
property.topics = {
  {"keeper lighthouse key", "He went up one night to trim the lamp. His key will be up there yet."},
  {"whistle", "His whistle? In the box, where else. He never trusted a pocket."},
  {"boat bay islet", "Take the one at the jetty. Sit in it, row east, and then say where to."},
  {"seals seal", "They talk more sense than the council."},
  {"hello good", "Aye."},
}
place "harbour"

--- Nods to whoever passes.
function self:noticed(event)
  if event.kind ~= "arrival" or not isa(event.who, "player") then return end
  self:announce("{tom} {tom:nods} to {who} without looking up.", {tom = self, who = event.who})
end
