--- Inside the lighthouse, at the bottom.
inherit "room"
singleton "lighthouse"
property.name = "Foot of the lighthouse"
property.description = "A round room with a stair that winds up along the wall. An iron hook is "
  .. "driven into the plaster beside the door. The keeper has not been seen since spring."
property.details = {
  {"wall plaster room", "Round, whitewashed, and damp up to the knee."},
  {"hook", "It has held a coat for so long that it has left the shape of one on the wall."},
  {"door", "It stands open. The hinges have rusted in that position."},
}
