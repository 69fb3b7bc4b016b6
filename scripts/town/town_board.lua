--- Where the town writes what it wants known: post NEWS ON BOARD, read BOARD.
inherit "board"
singleton "town_board"
property.name = "notice board"
property.names = {"board", "notices"}
property.fixed = "It is nailed to the wall of the town hall."
property.description = "A board under a little roof, with more nail holes than wood. Whoever has "
  .. "something to say posts it here."
place "market_row"
