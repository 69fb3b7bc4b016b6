--- Trait: something with a lid or a leaf that opens and shuts.
property.is_open = false                     --- Whether it is open now.
event "opened"                               --- (who) It was opened.
event "closed"                               --- (who) It was closed.

--- Opens it.
verb "open this"
function self:open(who)
  if who then who:check_deed(caller()) end
  if self.is_open then refuse("{it} {it:is} open already.", {it = self}) end
  self:can_open(who)
  self.is_open = true
  self:announce("{who} {who:opens} {it}.", {who = who, it = self})
  self:opened(who)
end

--- Shuts it.
verb "close|shut this"
function self:close(who)
  if who then who:check_deed(caller()) end
  if not self.is_open then refuse("{it} {it:is} shut already.", {it = self}) end
  self:can_close(who)
  self.is_open = false
  self:announce("{who} {who:closes} {it}.", {who = who, it = self})
  self:closed(who)
end

--- Whether somebody may open it.
function self:can_open() end

--- Whether somebody may shut it.
function self:can_close() end

--- Whether somebody may go through it: not while it is shut.
function self:can_pass()
  if not self.is_open then refuse("{it} {it:is} shut.", {it = self}) end
end
