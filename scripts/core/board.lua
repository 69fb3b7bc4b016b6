--- A notice board: anybody may read it and post on it, and the author takes a notice down again.
inherit "thing"
property.name = "notice board"
property.fixed = "It is nailed up."
property.max_notices = 50                    --- When there are more, the oldest falls off.
private.notices = {}                         --- List of {at, who, name, title, body}, newest first.
event "posted"                               --- (who, title) Somebody posted a notice.

local MAX_TITLE <const> = 80
local MAX_BODY <const> = 4000

--- What it is, and the titles that are on it.
function self:look(who)
  return text.lines{self:describe(who), self:titles()}
end

--- Lists what is on it: read board.
verb("read this", {reach = "see"})
function self:read(who)
  who:tell(self:titles())
end

--- Reads one notice: read 2 on board.
verb("read number on|from this", {reach = "see"})
function self:read_notice(who, number)
  local notice = self:notice(number)
  who:tell("{#title {title}}\n\n{name}, {ago}\n\n{body}",
    {title = notice.title, name = notice.name, ago = time.ago(notice.at), body = notice.body})
end

--- Posts a notice; you are asked for its text: post Lost cat on board.
verb "post|pin text on this"
function self:post(who, title)
  who:check_sender(caller())
  who:check_voice()
  if #title > MAX_TITLE then refuse "That is too long for a title." end
  self:can_post(who, title)
  local body = who:edit "Your notice"
  who:check_voice()                            -- He may have been silenced meanwhile.
  if #body > MAX_BODY then refuse "That is too long for a notice." end
  if body:find "%S" == nil then refuse "You leave it at that." end
  table.insert(self.notices, 1,
    {at = now(), who = who, name = who.name, title = title, body = body})
  while #self.notices > self.max_notices do table.remove(self.notices) end
  self:announce("{who} {who:pins} a notice to {board}.", {who = who, board = self})
  self:posted(who, title)
end

--- Takes a notice of yours down: remove 2 from board.
verb "remove|unpin number from this"
function self:take_down(who, number)
  who:check_sender(caller())
  local notice = self:notice(number)
  if notice.who ~= who and self.owner ~= who and not who:has_role "wizard" then
    refuse("Only {name} may take that down.", {name = notice.name})
  end
  table.remove(self.notices, number)
  self:announce("{who} {who:takes} a notice off {board}.", {who = who, board = self})
end

--- Whether somebody may post a notice.
function self:can_post() end

--- The notices as a text.
function self:titles()
  if #self.notices == 0 then
    return text("There is nothing on {it}. Say: post TITLE on board", {it = self})
  end
  local rows = {}
  for i, notice in ipairs(self.notices) do
    rows[i] = {i, notice.title, notice.name, time.ago(notice.at)}
  end
  return text.table(rows, {"", "title", "by", "when"})
end

--- The notice of this number; refuses if there is none.
function private:notice(number)
  local notice = self.notices[number]
  if not notice then
    refuse("There is no notice {n} on {it}.", {n = number, it = self})
  end
  return notice
end
