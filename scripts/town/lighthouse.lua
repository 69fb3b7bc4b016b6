--- Inside the lighthouse, at the bottom.
inherit "room"
singleton "lighthouse"
property.name = "Foot of the lighthouse"
property.description = "A round room with a stair that winds up along the wall. The keeper's "
  .. "coat hangs on its hook; the keeper has not been seen since spring."
