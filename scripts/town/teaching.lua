--- Trait of the places where one takes one's first steps: the command that tells of them.

--- Leads you through your first steps here: tutorial begins, or says what comes next.
verb "tutorial"
function self:tutorial(who)
  who:check_sender(caller())
  local steps = object "first_steps"
  if steps:teaches(who) then
    steps:say_again(who)
  else
    steps:begin(who)
  end
end

--- Ends the tutorial: tutorial skip. It may begin again.
verb "tutorial skip|stop|off|end"
function self:skip_tutorial(who)
  who:check_sender(caller())
  object("first_steps"):skip(who)
end
