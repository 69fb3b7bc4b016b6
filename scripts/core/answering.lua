--- Trait of those who live here: they answer when asked about something they know.
property.topics = {}                         --- List of {words, answer}: any word asks for it.
property.no_answer = optional "text"         --- What they say to all other questions; nil: a shrug.

--- Answers a question about `subject`.
function self:answer(who, subject)
  local words = self:answer_to(subject)
  if words then return self:say(words) end
  self:announce("{it} {it:shrugs}.", {it = self}, {kind = "answer"})
end

--- The answer to what these words are about; nil: none.
function self:answer_to(words)
  local line = " " .. words:lower():gsub("[^%w]+", " ") .. " "
  for _, topic in ipairs(self.topics) do
    for word in topic[1]:gmatch "%w+" do
      if line:find(" " .. word .. " ", 1, true) then return topic[2] end
    end
  end
  return self.no_answer
end

--- Answers what is said aloud, if it is about something they know.
function self:heard(who, words)
  if who == self or not isa(who, "player") or type(words) ~= "string" then return end
  local answer = self:answer_to(words)
  if answer and answer ~= self.no_answer then self:say(answer) end
end
