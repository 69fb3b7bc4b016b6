-- Two who change the same thing at the same time.

local source <const> = [=[
inherit "thing"
verb "rub this"
function self:rub(who)
  who:tell "It is warm."
end]=]

local function workshop(t)
  local room = t:room{name = "Workshop", buildable = true}
  local ann = t:player("Ann", room, {role = "builder"})
  local wanda = t:player("Wanda", room, {role = "wizard"})
  ann:types "create a gong"
  ann:types "drop gong"
  wanda:types "look"
  wanda:sees "..."
  return ann, wanda, ann:find "gong"
end

local function writes(who, words)
  for line in (words .. "\n"):gmatch "(.-)\n" do who:answers(line) end
  who:answers "."
end

-- Ann has the gong's code open; meanwhile Wanda gives it a verb.
local function two_edit(t)
  local ann, wanda, gong = workshop(t)
  ann:types "edit gong"
  wanda:types "verb ring gong: who:tell \"Bong.\""
  ann:sees "..."
  ann:answers ".clear"
  writes(ann, source)
  ann:sees("...", "Wanda has changed thing_" .. gong.id .. " while you edited it. What shall be?",
    "1  keep mine", "2  keep theirs", "3  edit on")
  return ann, wanda, gong
end

local function answers_to(ann, word)
  ann:types(word .. " gong")
  local lines = word == "ring" and "Bong." or "It is warm."
  return lines
end

test("what was changed meanwhile is not lost unasked", function(t)
  local ann, wanda, gong = two_edit(t)
  ann:answers "keep theirs"
  ann:sees("...", "thing_" .. gong.id .. " stays as it is now.")
  local bong = answers_to(ann, "ring")
  ann:sees(bong)
  wanda:types "ring gong"
  wanda:sees("...", "Bong.")
end)

test("one keeps one's own, knowing what it replaces", function(t)
  local ann = two_edit(t)
  ann:answers "1"
  ann:sees "..."
  local warm = answers_to(ann, "rub")
  ann:sees(warm)
  ann:types "ring gong"
  ann:sees "..."
end)

test("one edits on, and sees what it is by now", function(t)
  local ann = two_edit(t)
  ann:answers "edit on"
  ann:sees("As it is now:", "...", "Yours:", "...")
  ann:answers "verb \"ring this\""
  ann:answers "function self:ring(who) who:tell \"Bong.\" end"
  ann:answers "."
  ann:sees "..."
  for _, word in ipairs{"rub", "ring"} do
    local line = answers_to(ann, word)
    ann:sees(line)
  end
end)

test("the same of a text", function(t)
  local ann, wanda, gong = workshop(t)
  ann:types "edit gong.description"
  wanda:types "describe gong as Green."
  ann:answers "Red."
  ann:answers "."
  ann:sees("...", "Wanda has changed description while you edited it. What shall be?", "...")
  check(gong.description == "Green.")
  ann:answers "keep mine"
  check(gong.description == "Red.")
  ann:types "edit gong.description"
  ann:answers "Blue."
  ann:answers "."
  check(gong.description == "Red.\nBlue.")
end)
