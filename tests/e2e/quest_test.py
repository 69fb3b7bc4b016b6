#!/usr/bin/env python3
"""A wizard, a builder and a player with TinTin++: from the first login to a finished quest, and a restart after it."""
import contextlib
import pathlib
import re

from clients_test import Terminal, log_in, program
from gyre import Server, main

SECRET = "hunter2horse"


class Player(Terminal):
    """TinTin++ with a session of its own; what is typed goes to the world as it is."""

    def __init__(self, server, name):
        script = pathlib.Path(server.dir) / f"{name}.tin"
        port = server.port("telnet")
        script.write_text(f"#config {{verbatim}} {{on}}\n#session {{town}} {{127.0.0.1}} {{{port}}}\n")
        home = pathlib.Path(server.dir) / "home"
        home.mkdir(exist_ok=True)
        super().__init__(program("tt++"), "-G", script, env={"HOME": str(home), "COLUMNS": "200"})
        self.name = name

    def does(self, line, *wanted):
        """Types it, and reads each of these in order."""
        self.type(line)
        self.expect(*wanted)

    def number_of(self, line, before):
        """Types it, and reads the number of what it made behind `before`."""
        self.type(line)
        self.expect(before + " (#")
        self.expect(")")
        return re.search(re.escape(before) + r" \(#(\d+)\)$", self.screen[:self.seen])[1]


@contextlib.contextmanager
def players(server, *names):
    """Their terminals, closed in the end."""
    with contextlib.ExitStack() as stack:
        terminals = []
        for name in names:
            terminals.append(Player(server, name))
            stack.callback(terminals[-1].close)
        yield terminals


def becomes_wizard(server, wanda):
    code = re.search(r"claim ([A-Z0-9-]{19})", server.read_log())[1]
    log_in(wanda, "wanda", SECRET)
    wanda.does(f"claim {code}", "You are a wizard of this world now.")
    wanda.does("promote bert to builder", "wizard on")
    wanda.does("wizard on", "Password:")
    wanda.does(SECRET, "are on for half an hour")


def makes_builder(wanda, bert):
    bert.does("create a bell", "I do not know how to 'create'")
    wanda.does("promote bert to builder", "Bert is a builder now.")
    bert.expect("You are a builder now")
    wanda.does("wizlog", "Wanda made Bert a builder, who was a player")


def digs(wanda, bert):
    """A hut behind the square, and a loft above it; the wizard leads the way there."""
    hut = bert.number_of("dig a fisher hut", "You dig out fisher hut")
    wanda.does(f"link west to #{hut}", "A way leads west from ")
    wanda.does(f"link in/out to #{hut}", "A way leads in to fisher hut")
    bert.does(f"goto #{hut}", "The only way out is out.")
    bert.does("describe here as Nets, floats and the smell of tar. A loft is above.", "From now on, one sees this:",
              "the smell of tar")
    bert.does("dig up/down to a net loft", "A way leads up to net loft")
    bert.does("up", "The only way out is down.")
    bert.does("describe here as Somebody slept here, and left in a hurry.", "one sees this:", "in a hurry")


def makes_key(bert):
    bert.does("create a bone key", "You make the bone key")
    bert.does("describe key as Cut from the rib of something large.", "one sees this:", "something large")
    bert.does("drop key", "You drop the bone key.")
    bert.does("down", "fisher hut")


def makes_chest(bert):
    """Its class is written line by line, once with a fault."""
    bert.does("edit class sea_chest", "Source of sea_chest:", "cancel")
    for line in (".clear", "--- A chest with a lid and a lock.", 'inherit "container"', 'use("lidded", "lockable")',
                 'property.name = "sea chest"', 'property.fixd = "Too heavy.'):
        bert.type(line)
    bert.does(".", "It does not work yet")
    bert.does(".replace 5 property.fixed = \"It is far too heavy.\"", "property.fixed")
    bert.does(".", "sea_chest runs.")
    bert.does("create a sea chest as sea_chest", "You make the sea chest")
    bert.does("drop chest", "You drop the sea chest.")
    bert.does("create a silver pearl", "You make the silver pearl")
    bert.does("open chest", "You open the sea chest.")
    bert.does("put pearl in chest", "You put the silver pearl in the sea chest.")
    bert.does("close chest", "You close the sea chest.")


def locks_chest(bert):
    bert.does("up", "bone key is here")
    bert.does("take key", "You take the bone key.")
    bert.does("down", "fisher hut")
    bert.does("set chest.key to bone key", "key of the sea chest", "is now the bone key")
    bert.does("lock chest", "You lock the sea chest with a bone key.")
    bert.does("dryrun unlock chest", "Bert would read: You unlock", "becomes false", "It would be done.")
    bert.does("why open chest", "is called: refused", "It would be refused")
    bert.does("up", "net loft")
    bert.does("drop key", "You drop the bone key.")
    bert.does("down", "fisher hut")


def gives_reward(bert):
    """A verb in one line, changed in the line editor; undo, history and blame along the way."""
    bert.does('verb polish pearl: who:tell("x")', "what of that is the thing?")
    bert.does("up", "bone key is here")
    bert.does("take key", "You take the bone key.")
    bert.does("down", "fisher hut")
    bert.does("unlock chest", "You unlock the sea chest")
    bert.does("open chest", "You open the sea chest.")
    bert.does('verb polish pearl: who:tell("It shines, and you know whose it was.")', "the verb polish this now")
    bert.does("polish pearl", "It shines, and you know")
    bert.does("edit pearl", "Source of", "cancel")
    bert.does(".subst 6 /shines/gleams like the moon/", "gleams")
    bert.does(".", "is what you have made of it")
    bert.does("polish pearl", "It gleams like the moon, and you know")


def finishes_building(bert):
    bert.does("set pearl.name to pebble", "name of the pebble")
    bert.does("undo", "is taken back (1 change)")
    bert.does("history", "set pearl.name to pebble")
    bert.does("blame chest", "is_locked: Bert", "unlock chest")
    bert.does("close chest", "You close the sea chest.")
    bert.does("lock chest", "You lock the sea chest")
    bert.does("up", "net loft")
    bert.does("drop key", "You drop the bone key.")
    bert.does("down", "fisher hut")
    bert.does("show chest", "is_locked = true", "Verbs:")


def plays(pia):
    pia.does("in", "Nets, floats and the smell of tar", "sea chest")
    pia.does("take chest", "far too heavy")
    pia.does("open chest", "The sea chest is locked.")
    pia.does("unlock chest", "You lack the right key.")
    pia.does("up", "left in a hurry", "bone key")
    pia.does("take key", "You take the bone key.")
    pia.does("down", "sea chest is here")
    pia.does("unlock chest", "You unlock the sea chest with a bone key.")
    pia.does("open chest", "You open the sea chest.")
    pia.does("take pearl from chest", "You take the silver pearl from the sea chest.")
    pia.does("polish pearl", "It gleams like the moon, and you know whose it was.")


def comes_back(player):
    player.expect("What is your name?")
    player.type(player.name)
    player.expect("Password:")
    player.type(SECRET)
    player.expect("Welcome")


def is_still_there(pia, bert):
    comes_back(pia)
    pia.does("inventory", "silver pearl")
    pia.does("polish pearl", "It gleams like the moon")
    pia.does("close chest", "You close the sea chest.")
    pia.does("lock chest", "You lock the sea chest with a bone key.")
    comes_back(bert)
    bert.does("classes", "You have made", "sea_chest")
    bert.does("create a second chest as sea_chest", "You make the second chest")
    bert.does("history", "create a second chest", "set pearl.name to pebble")
    bert.does("undo", "is taken back")
    bert.does("inventory", "You carry nothing.")


def test_from_first_login_to_a_finished_quest():
    with Server(listen=("telnet://127.0.0.1:0",)) as server:
        with players(server, "wanda", "bert", "pia") as (wanda, bert, pia):
            log_in(bert, "bert", SECRET)
            becomes_wizard(server, wanda)
            makes_builder(wanda, bert)
            digs(wanda, bert)
            for build in (makes_key, makes_chest, locks_chest, gives_reward, finishes_building):
                build(bert)
            log_in(pia, "pia", SECRET)
            plays(pia)
        assert server.stop() == 0
        server.start()
        with players(server, "pia", "bert") as (pia, bert):
            is_still_there(pia, bert)
        assert "script error" not in server.read_log()


if __name__ == "__main__":
    main(test_from_first_login_to_a_finished_quest)
