--- Teaches the first commands.
inherit "sign"
singleton "wooden_sign"
property.name = "wooden sign"
property.fixed = "It is planted deep."
property.description = "A board on a post, lettered with care."
property.words = "NEW HERE? Say LOOK to see where you are, LOOK AT LAMP to see a thing. Walk "
  .. "with NORTH, SOUTH, EAST, WEST, UP and DOWN. TAKE and DROP things, OPEN and CLOSE them, "
  .. "PUT MUG ON TABLE. SAY HELLO is heard by everybody near; TELL ALICE HELLO only by her. "
  .. "INVENTORY shows what you carry, WHO who is about, HELP the rest. Then find out what lies "
  .. "in the dark under the Blue Whale."
place "square"

local new_for <const> = 600                  -- Seconds since the account was made.

--- Newcomers who wake up here are told that there is a tutorial; who walks in knows how to walk.
function self:noticed(event)
  local who = event.who
  if event.kind ~= "arrival" or event.side or not isa(who, "player") then return end
  local account = who.account
  if not account or account.created_at < now() - new_for then return end
  who:tell "{#note The wooden sign says: NEW HERE? {!tutorial} leads through your first steps.}"
end
