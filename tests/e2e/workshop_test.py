#!/usr/bin/env python3
"""Builders and the doors: an editor that is left, taken up elsewhere or filled too full, and classes after a restart."""
import re
import subprocess

from gyre import BINARY, PATIENCE, Client, Server, main


def builder(server, name="bert"):
    bert = Client(server.port()).create(name)
    made = subprocess.run([str(BINARY), "account", "role", name, "builder", "--world", str(server.dir)],
                          capture_output=True, text=True, timeout=20)
    assert made.returncode == 0, made.stderr
    return bert


def bell_of(bert):
    bert.does("create a bell", "You make the bell")
    bert.does('verb ring bell: who:tell("Ding.")', "the verb ring this now")


def test_an_editor_that_is_left_changes_nothing():
    with Server() as server:
        bert = builder(server)
        bell_of(bert)
        bert.does("edit bell", "Source of", "cancel")
        bert.send(".clear")
        bert.does("cancel", "> ")
        bert.does("ring bell", "Ding.")
        bert.does("edit bell", "Source of", "cancel")
        bert.does(".clear", "All lines are gone.")
        bert.close()
        bert = Client(server.port())
        bert.does("connect bert correct horse", "Market square")
        bert.does("ring bell", "Ding.")
        bert.close()


def test_an_editor_belongs_to_one_session():
    with Server() as server:
        bert = builder(server)
        bell_of(bert)
        bert.does("edit bell", "Source of", "cancel")
        other = Client(server.port()).connect("bert")
        other.does("ring bell", "Ding.")
        other.does(".clear", "'.clear'")
        bert.does('.subst 6 /Ding/Dong/', "Dong")
        bert.does(".", "is what you have made of it")
        other.does("ring bell", "Dong.")
        bert.close()
        other.does("ring bell", "Dong.")
        other.close()


def test_a_source_that_is_too_long_is_not_read():
    with Server() as server:
        bert = builder(server)
        bert.does("edit class heavy", "Source of heavy:")
        line = "-- " + "x" * 900
        for _ in range(90):
            bert.send(line)
        bert.expect("There is no room")
        bert.does(".", "heavy runs.")
        bert.does("create a stone as heavy", "You make the stone")
        bert.close()


def test_a_class_whose_base_is_gone_leaves_its_things_and_they_come_back():
    with Server() as server:
        server.stop()
        gadget = server.dir / "scripts" / "gadget.lua"
        gadget.write_text('--- A thing that ticks.\ninherit "thing"\n')
        server.start()
        bert = builder(server)
        bert.does("edit class clock", "Source of clock:")
        for line in (".clear", 'inherit "gadget"', 'verb "wind this"', 'function self:wind(who) who:tell("Tick.") end'):
            bert.send(line)
        bert.does(".", "clock runs.")
        bert.does("create a brass clock as clock", "You make the brass clock")
        bert.does("wind clock", "Tick.")
        assert server.stop() == 0
        gadget.unlink()
        server.start()
        bert = Client(server.port()).connect("bert")
        bert.does("look", "Market square")
        bert.does("inventory", "clock")
        assert server.stop() == 0
        gadget.write_text('--- A thing that ticks.\ninherit "thing"\n')
        server.start()
        bert = Client(server.port()).connect("bert")
        bert.does("wind clock", "Tick.")
        bert.close()


def test_code_has_a_history_that_outlives_a_kill():
    with Server() as server:
        bert = builder(server)
        bell_of(bert)
        bert.does('verb ring bell: who:tell("Clang.")', "the verb ring this now")
        bert.does('verb toll bell: who:tell("Dong.")', "the verb toll this now")
        server.kill()
        check = subprocess.run([str(BINARY), "check", str(server.dir)], capture_output=True, text=True, timeout=60)
        assert check.returncode == 0, check.stdout + check.stderr
        server.start()
        bert = Client(server.port()).connect("bert")
        bert.does("toll bell", "Dong.")
        bert.does("undo", 'verb toll bell: who:tell("Dong.") is taken back')
        bert.does("toll bell", "I do not know how to 'toll'")
        bert.does("undo 3", 'verb ring bell: who:tell("Clang.") is taken back')
        bert.does("ring bell", "Ding.")
        server.kill()
        server.start()
        bert = Client(server.port()).connect("bert")
        bert.does("ring bell", "Ding.")
        bert.does("history bell", "version 5: changed verb ring this", "version 4: removed verb toll this",
                  "version 1: new, added verb ring this")
        bert.does("undo 5", 'verb ring bell: who:tell("Ding.") is taken back')
        bert.does("ring bell", "I do not know how to 'ring'")
        bert.does("redo", "is done again")
        bert.does("ring bell", "Ding.")
        bert.close()
        assert server.stop() == 0
        backup = str(server.dir / "copy.db")
        for command in (["backup", str(server.dir), backup], ["restore", backup, str(server.dir)]):
            done = subprocess.run([str(BINARY), *command], capture_output=True, text=True, timeout=60)
            assert done.returncode == 0, done.stdout + done.stderr
        server.start()
        bert = Client(server.port()).connect("bert")
        bert.does("revert bell to 3", "is what it was in version 3.")
        bert.does("toll bell", "Dong.")
        bert.close()


def rung(bert):
    return int(re.search(r"Ding (\d+)\.", bert.does("ring bell", "Ding", ".") + bert.rest())[1])


def test_what_was_told_of_code_survives_power_cuts():
    with Server() as server:
        bert = builder(server)
        bert.does("create a bell", "You make the bell")
        bert.does('verb ring bell: who:tell("Ding 0.")', "the verb ring this now")
        assert server.stop() == 0
        told = sent = cuts = 0
        plain = server.env
        for cut in range(8):
            server.env = {**plain, "GYRE_POWER_CUT": f"seed={cut + 1},writes={40 + 20 * cut}"}
            try:
                server.start()
                bert = Client(server.port()).connect("bert")
                assert told <= rung(bert) <= sent
                for _ in range(60):
                    sent += 1
                    bert.does(f'verb ring bell: who:tell("Ding {sent}.")', "the verb ring this now")
                    told = sent
                server.kill()
            except (RuntimeError, OSError, AssertionError):
                assert server.process.wait(3 * PATIENCE) == 99, server.read_log()[-2000:]
                cuts += 1
        assert told > 8 and cuts > 3, (told, cuts)
        server.env = plain
        server.start()
        bert = Client(server.port()).connect("bert")
        last = rung(bert)
        assert told <= last <= sent
        bert.does("undo", "is taken back")
        assert rung(bert) < last
        bert.close()
        assert server.stop() == 0
        check = subprocess.run([str(BINARY), "check", str(server.dir)], capture_output=True, text=True, timeout=60)
        assert check.returncode == 0, check.stdout + check.stderr


def test_names_are_names_whatever_is_in_them():
    with Server() as server:
        bert = builder(server)
        for name in ('{who} "q"', "\u00e9l\u00e9ment \u65e5\u672c", "{{#warn x}}", "a\u202eb", "]] --"):
            bert.does(f"create a {name} as lamp", "You make the")
            number = re.search(r"\(#(\d+)\)", bert.expect("give it a verb"))[1]
            bert.does(f"drop #{number}", "")
            bert.does(f'verb poke #{number}: who:tell("Poked.")', "has the verb poke this now")
            bert.does(f"show #{number}", "of Bert")
        bert.does("look", "Market square")
        assert "script error" not in server.read_log(), server.read_log()
        bert.close()


if __name__ == "__main__":
    main(test_an_editor_that_is_left_changes_nothing, test_an_editor_belongs_to_one_session,
         test_a_source_that_is_too_long_is_not_read,
         test_a_class_whose_base_is_gone_leaves_its_things_and_they_come_back,
         test_code_has_a_history_that_outlives_a_kill, test_what_was_told_of_code_survives_power_cuts,
         test_names_are_names_whatever_is_in_them)
