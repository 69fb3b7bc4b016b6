--- Trait of places in the bay: whoever has lost the boat swims home.

--- Swims back to the jetty.
verb "swim [home]"
function self:swim(who)
  if who.seat then who.seat:stand(who) end
  local jetty = object "jetty"
  who:announce("{who} {who:swims} off towards the jetty.", {who = who}, {kind = "departure"})
  who:move_to(jetty, {how = "swim"})
  who:announce("{who} {who:climbs} out of the water, dripping.", {who = who},
    {except = who, kind = "arrival"})
  who:tell(jetty:look(who))
end
