--- The tutorial of the town: who is learning, and which steps each has done. The places and things
--- of the town tell it what happened, so nobody need be asked.
inherit "thing"
singleton "first_steps"
property.name = "first steps"
private.learners = {}                        --- {player -> {step -> true, since = time}}

local MOST_LEARNERS <const> = 2000

-- Whether somebody else has Marta's lamp.
local function is_lent(who)
  local lamp = object "brass_lamp"
  return lamp.location ~= object "tavern" and lamp.location ~= who
end

-- The steps in their order: {name, what to do}.
local function lessons(who)
  return {
    {"walk", text "Walk into the tavern: say {!north}."},
    {"ask", text "Talk to Marta: say {!ask marta about lamp}."},
    {"take", is_lent(who) and text("Her lamp is lent to somebody. It is back here some minutes " ..
      "after it is left; say {!take lamp} then, and do the rest meanwhile.") or
      text "Borrow her lamp: say {!take lamp}."},
    {"light", text "Make it burn: say {!light lamp}."},
    {"open", text "Open the way to the cellar: say {!open door}."},
    {"descend", text "Go and see what lies in the dark: say {!down}."},
  }
end

local function check_code(sender)
  if sender then error "only the town itself uses this" end
end

-- Those who came longest ago make room.
local function forget_oldest(learners)
  local count, oldest = 0, nil
  for who, steps in pairs(learners) do
    count = count + 1
    if not oldest or steps.since < learners[oldest].since then oldest = who end
  end
  if count >= MOST_LEARNERS then learners[oldest] = nil end
end

--- Whether somebody is learning.
function self:teaches(who)
  return self.learners[who] ~= nil
end

--- Somebody begins, or begins again.
function self:begin(who)
  check_code(caller())
  if not self.learners[who] then forget_oldest(self.learners) end
  self.learners[who] = {since = now()}
  who:tell("{#title First steps.} You are told what to do, and it is noticed when it is done. " ..
    "{!tutorial} says it again, {!tutorial skip} ends it.")
  self:tell_next(who)
end

--- Somebody has had enough.
function self:skip(who)
  check_code(caller())
  if not self.learners[who] then refuse "You are in no tutorial. {!tutorial} begins it." end
  self.learners[who] = nil
  cancel(self, "tell_next")
  who:tell("Find your own way, then. {!tutorial} in the square begins again, {!help} tells the " ..
    "rest.")
end

--- Somebody asks again, wherever he is.
function self:say_again(who)
  check_code(caller())
  if self.learners[who] then
    self:tell_next(who)
  else
    refuse "The tutorial begins in the square of the town."
  end
end

--- Something was done that may be a step of somebody's.
function self:learned(who, step)
  check_code(caller())
  local steps = self.learners[who]
  if not steps or steps[step] then return end
  steps[step] = true
  after(1, self, "tell_next", who)
end

--- Says how far somebody is, and what comes next.
function self:tell_next(who)
  check_code(caller())
  local steps = self.learners[who]
  if not steps then return end
  local done, next_step = 0, nil
  local all = lessons(who)
  for _, lesson in ipairs(all) do
    if steps[lesson[1]] then
      done = done + 1
    else
      next_step = next_step or lesson[2]
    end
  end
  if next_step then
    return who:tell("{#note Tutorial, {done} of {all} done.} {next}",
      {done = done, all = #all, next = next_step})
  end
  self.learners[who] = nil
  who:tell("{#note Tutorial, all {all} done.} That is how this world is played: look, try, and " ..
    "ask people. There is a box in the dark here, and its key is a walk away.", {all = #all})
end
