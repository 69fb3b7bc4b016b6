--- A container whose hooks can be watched.
inherit "container"
use "witness"
