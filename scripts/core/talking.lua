--- Trait of persons: words.
transient.breath = 10                        --- How often they may still speak over a distance,
transient.breath_at = 0                      --- as of this moment.

-- What stands between a name and what somebody does: nothing in "Alice's hat falls".
local function gap_before(words)
  if type(words) ~= "string" then return " " end
  local is_joined = words:find "^'s?%s" or words:find "^’s?%s" or words:find "^,%s"
  return is_joined and "" or " "
end

--- Does something that everybody near sees. What begins with 's belongs to the name: 's hat falls.
function self:emote(words, args)
  self:check_deed(caller())
  -- In one line, as the others read it.
  if type(words) == "string" then words = words:gsub("\n", " ") end
  local shown = {who = self, name = self.name, gap = gap_before(words), deed = text(words, args)}
  self:announce("{who}{gap}{deed}", shown, {kind = "emote", except = self})
  self:tell("{name}{gap}{deed}", shown)
end

--- Says something aloud: say hello. A line that begins with ' or " does the same.
verb "say text"
function self:say_aloud(who, words)
  who:check_deed(caller())
  who:say(words)
end

--- The same to somebody here, whom the others see you speak to: say to bob hello.
verb "say to person text"
function self:say_to(who, whom, words)
  who:check_deed(caller())
  who:speak_at(whom, "{who} {who:says} to {whom}, \"{#say {words}}\"", words)
end

--- Says what is said without saying that one says it.
verb("hello|hi|hey|thanks|sorry|goodbye [text]", {hidden = true, priority = -1})
function self:say_hello(who, _, how)
  who:check_deed(caller())
  who:say(how.line)
end

--- The same of what stands alone.
verb("yes|no|ok|okay", {hidden = true, priority = -1})
verb("thank you", {hidden = true, priority = -1})
function self:say_word(who, how)
  who:check_deed(caller())
  who:say(how.line)
end

--- Acts something out: emote waves. A line that begins with : or ; does the same, and :'s hat falls
--- is about your hat.
verb "emote|pose text"
function self:act_out(who, words)
  who:check_deed(caller())
  who:emote(words)
end

--- Says something to one person here; the others see only that: whisper to bob hello.
verb "whisper [to] person text"
verb "whisper text to person"
function self:whisper(who, first, second)
  who:check_deed(caller())
  local whom, words = first, second
  if type(first) ~= "object" then whom, words = second, first end
  who:check_sender(caller())
  if whom == who then refuse "You mutter to yourself." end
  local args = {who = who, whom = whom, words = words}
  who:announce("{who} {who:whispers} something to {whom}.", args,
    {except = {who, whom}, kind = "whisper"})
  who:tell("{#say You whisper to {whom}, \"{words}\"}", args)
  if isa(whom, "player") and whom:ignores(who) then return end
  whom:tell("{#say {who} whispers to you, \"{words}\"}", args)
end

--- Refuses if this person has spoken too often over a distance of late: ten times at once, and then
--- once in two seconds.
function private:use_breath()
  local left = math.min(10, self.breath + (now() - self.breath_at) // 2)
  if left < 1 then refuse "You are out of breath: wait a moment." end
  self.breath, self.breath_at = left - 1, now()
end

--- Calls out so that it is heard next door too: shout help.
verb "shout|yell text"
function self:shout(who, words)
  who:check_deed(caller())
  who:use_breath()
  who:announce("{who} {who:shouts}, \"{#say {words}}\"", {who = who, words = words},
    {sense = "sound", range = 1, kind = "shout"})
end

--- Tells how one talks to people.
verb "talk|speak [to] person"
verb "talk|speak with person"
verb "talk|speak person"
function self:talk_to(who, whom)
  if whom == who then refuse "You mutter to yourself." end
  if isa(whom, "answering") then
    return who:tell("Ask {whom} about something: ask {whom} about ...", {whom = whom})
  end
  who:tell("Just {!say} something: {whom} {whom:hears} it, like all who are here. What only " ..
    "{whom} may hear you whisper: whisper to {whom} ...", {whom = whom})
end

--- Speaks to one who is here and has no other ears: tell tom hello.
verb("tell person text", {priority = -1, hidden = true})
function self:tell_near(who, whom, words)
  who:check_deed(caller())
  if isa(whom, "player") then decline() end
  who:whisper(who, whom, words)
end

--- Asks somebody something: ask marta where the key is.
verb "ask person text"
function self:ask_aloud(who, whom, words)
  who:check_deed(caller())
  who:speak_at(whom, "{who} {who:asks} {whom}, \"{#say {words}}\"", words)
end

--- Says or asks something, so that all see whom it is for; who lives here answers.
function private:speak_at(whom, line, words)
  if whom == self then refuse "You mutter to yourself." end
  self:announce(line, {who = self, whom = whom, words = words}, {sense = "sound", kind = "say"})
  if isa(whom, "answering") then whom:answer(self, words) end
end

--- Asks somebody about something: ask marta about the lamp.
verb "ask person about text"
verb "talk|speak to person about text"
function self:ask_about(who, whom, subject)
  who:check_deed(caller())
  if whom == who then refuse "You ask yourself, and do not know." end
  who:announce("{who} {who:asks} {whom} about {subject}.",
    {who = who, whom = whom, subject = subject}, {kind = "say"})
  if isa(whom, "answering") then whom:answer(who, subject) end
end
