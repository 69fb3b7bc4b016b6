--- Trait of persons: smiling, nodding, waving and the rest, alone or at somebody. Where a place
--- or a thing has a verb with the same word, that one is meant.

--- What is seen of each that is done alone.
property.gestures = {
  smile = "{who} {who:smiles}.",
  grin = "{who} {who:grins}.",
  nod = "{who} {who:nods}.",
  wave = "{who} {who:waves}.",
  bow = "{who} {who:bows}.",
  wink = "{who} {who:winks}.",
  laugh = "{who} {who:laughs}.",
  frown = "{who} {who:frowns}.",
  point = "{who} {who:points} at nothing in particular.",
  clap = "{who} {who:claps}.",
  cheer = "{who} {who:cheers}.",
  shrug = "{who} {who:shrugs}.",
  sigh = "{who} {who:sighs}.",
  yawn = "{who} {who:yawns}.",
  giggle = "{who} {who:giggles}.",
  blush = "{who} {who:blushes}.",
  dance = "{who} {who:dances} a few steps.",
  cry = "{who} {who:cries}.",
  shiver = "{who} {who:shivers}.",
  stretch = "{who} {who:stretches}.",
  jump = "{who} {who:jumps} up and {who:comes} down again.",
  cough = "{who} {who:coughs}.",
}
--- What is seen of each that is done at somebody.
property.gestures_at = {
  smile = "{who} {who:smiles} at {target}.",
  grin = "{who} {who:grins} at {target}.",
  nod = "{who} {who:nods} to {target}.",
  wave = "{who} {who:waves} to {target}.",
  bow = "{who} {who:bows} to {target}.",
  wink = "{who} {who:winks} at {target}.",
  laugh = "{who} {who:laughs} at {target}.",
  frown = "{who} {who:frowns} at {target}.",
  point = "{who} {who:points} at {target}.",
  hug = "{who} {who:hugs} {target}.",
  pat = "{who} {who:pats} {target} on the back.",
  poke = "{who} {who:pokes} {target}.",
  kiss = "{who} {who:kisses} {target}.",
  thank = "{who} {who:thanks} {target}.",
  greet = "{who} {who:greets} {target}.",
}

--- A gesture, or one at somebody: wave, nod to tom.
verb("smile|grin|nod|wave|bow|wink|laugh|frown|point [at|to person]", {priority = -1})
verb("smile|grin|nod|wave|bow|wink|laugh|frown|point person", {priority = -1})
function self:gesture(who, target, how)
  who:check_deed(caller())
  who:show_gesture(target and who.gestures_at[how.verb] or who.gestures[how.verb], target)
end

--- A gesture: clap, shrug, dance.
verb("clap|cheer|shrug|sigh|yawn|giggle|blush|dance|cry|shiver|stretch|jump|cough", {priority = -1})
function self:gesture_alone(who, how)
  who:check_deed(caller())
  who:show_gesture(who.gestures[how.verb])
end

--- A gesture that needs somebody: hug bob, thank marta.
verb "hug|pat|poke|kiss|thank|greet person"
function self:gesture_at(who, target, how)
  who:check_deed(caller())
  who:show_gesture(who.gestures_at[how.verb], target)
end

--- Thanks somebody: thanks bob.
verb("thanks|thankyou person", {hidden = true})
verb("thanks to person", {hidden = true})
function self:thank(who, target)
  who:check_deed(caller())
  who:show_gesture(who.gestures_at.thank, target)
end

--- Lists all gestures.
verb "gestures|socials"
function self:list_gestures(who)
  local alone, at = {}, {}
  for word in pairs(who.gestures) do alone[#alone + 1] = word end
  for word in pairs(who.gestures_at) do at[#at + 1] = word end
  who:tell(text.lines{
    text("By yourself: {words}.", {words = table.concat(alone, ", ")}),
    text("At somebody: {words}.", {words = table.concat(at, ", ")})
  })
end

--- Shows everybody near a gesture, a template about `who` and `target`.
function self:show_gesture(words, target)
  self:check_deed(caller())
  self:announce(words, {who = self, target = target}, {kind = "gesture"})
end
