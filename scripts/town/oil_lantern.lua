--- Sold in the shop of curiosities: a light of one's own.
inherit "lamp"
property.name = "oil lantern"
property.fuel = 120
property.description = "Tin, with four small windows, one of them cracked."
