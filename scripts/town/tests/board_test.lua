-- A notice board.

test("notices are posted, read, and taken down by who wrote them", function(t)
  local square = object "square"
  local alice, bob = t:player("Alice", square), t:player("Bob", square)
  local board = create("board", square)
  alice:types "read board"
  alice:sees "There is nothing on the notice board. Say: post TITLE on board"
  alice:types "post Lost cat on board"
  alice:answers "Grey, answers to Smoke."
  alice:answers "."
  alice:sees("...", "You pin a notice to the notice board.")
  bob:sees "Alice pins a notice to the notice board."
  bob:types "read 1 on board"
  bob:sees("Lost cat", "Alice, just now", "Grey, answers to Smoke.")
  bob:types "remove 1 from board"
  bob:sees "Only Alice may take that down."
  bob:types "read 2 on board"
  bob:sees "There is no notice 2 on the notice board."
  alice:types "remove 1 from board"
  alice:sees "You take a notice off the notice board."
  bob:types "look at board"
  bob:sees("...", "There is nothing on the notice board. Say: post TITLE on board")
  board.max_notices = 2
  for _, title in ipairs {"One", "Two", "Three"} do
    alice:types("post " .. title .. " on board")
    alice:answers "Words."
    alice:answers "."
  end
  check(board:titles() ~= nil)
  bob:types "read 3 on board"
  bob:sees("...", "There is no notice 3 on the notice board.")
end)
