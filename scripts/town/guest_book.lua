--- Guests write in it.
inherit "thing"
use "readable"
singleton "guest_book"
property.name = "guest book"
property.description = "A thick book with a ribbon. Most pages are still clean."
property.words = "GUESTS OF THE BLUE WHALE. Say who you were and how you slept."
property.writable = true
place "guest_room"
