--- One of many: eight numbers and no place.
inherit "thing"
property.name = "stone"
property.a, property.b, property.c, property.d = 0, 0, 0, 0
property.e, property.f, property.g, property.h = 0, 0, 0, 0
