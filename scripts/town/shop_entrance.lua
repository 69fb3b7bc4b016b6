--- The way into the shop.
inherit "exit"
singleton "shop_entrance"
property.name = "shop"
property.names = {"entrance"}
join("lane", "west", "shop")
