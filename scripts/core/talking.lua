--- Trait of persons: words and gestures.

--- Does something that everybody near sees.
function self:emote(words, args)
  local deed = text(words, args)
  self:announce("{who} {deed}", {who = self, deed = deed}, {kind = "action", except = self})
  self:tell("{name} {deed}", {name = self.name, deed = deed})
end

--- Says something aloud: say hello. A line that begins with ' or " does the same.
verb "say text"
function self:say_aloud(who, words)
  who:say(words)
end

--- Acts something out: emote waves. A line that begins with : does the same.
verb "emote|pose text"
function self:act_out(who, words)
  who:emote(words)
end

--- Speaks to one player alone, wherever they are: tell bob hello.
verb("tell|whisper player text", {reach = "anywhere"})
function self:speak_to(who, whom, words)
  whom:message(who, words)
end
