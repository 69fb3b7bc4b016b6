-- Who is here, and what they call themselves.

test("what stands in lists is short, and passes for nothing else", function(t)
  local room = t:room{}
  local ann, bob = t:player("Ann", room), t:player("Bob", room)
  local no_marks <const> = " has no commas, semicolons or brackets: it stands in lists."
  for _, words in ipairs{", Alice (wizard), Dave", "(link lost)", "（link lost）", "x; y", "x [y]"} do
    bob:types("title " .. words)
    bob:sees("A title" .. no_marks)
    bob:types("afk " .. words)
    bob:sees("What one says of being away" .. no_marks)
  end
  bob:types("title " .. ("é"):rep(61))
  bob:sees "A title has at most 60 letters."
  bob:types("afk " .. ("x"):rep(4000))
  bob:sees "What one says of being away has at most 60 letters."
  bob:types("title " .. ("é"):rep(60))
  bob:sees "..."
  bob:types "afk lunch"
  bob:types "title the Old"
  bob:sees "..."
  ann:sees "..."
  ann:types "who"
  ann:sees("2 here:", "Ann", "Bob the Old (away: lunch)")
  bob.title, bob.away = ", Alice (wizard), Dave", ("x"):rep(100) .. "é)"
  ann:types "who"
  ann:sees("2 here:", "Ann", "Bob   Alice  wizard   Dave (away: " .. ("x"):rep(60) .. ")")
end)
