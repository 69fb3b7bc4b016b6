--- The dry fountain on the square. Newcomers find a few coins in it.
inherit "thing"
singleton "fountain"
property.name = "fountain"
property.adjectives = {"dry"}
property.names = {"basin", "fish", "leaves"}
property.fixed = "It weighs more than the town hall."
property.description = "Three stone fish hold up a basin. They used to spit water; now they only "
  .. "gape. Something glints between the leaves at the bottom."
property.sounds_like = "Nothing. It has been dry for longer than anybody remembers."
property.searched = {}                       --- Who has found coins here, as keys.
place "square"

--- Looks for coins among the leaves: once for everybody.
verb "search [in] this"
verb "look in this"
function self:search(who)
  if self.searched[who] then
    return who:tell "Leaves, and below them more leaves. You have been here before."
  end
  self.searched[who] = true
  who:announce("{who} {who:searches} the leaves in {the it} and {who:finds} {count n coin}.",
    {who = who, it = self, n = 8})
  create("coin", who, {count = 8})
end
