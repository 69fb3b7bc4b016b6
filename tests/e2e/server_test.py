#!/usr/bin/env python3
"""The `gyre` command: starting, stopping, configuration, damage, accounts, backup."""
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time

from gyre import BINARY, ROOT, Client, Server, main, plain


def gyre(*words, stdin="", code=0):
    done = subprocess.run([BINARY, *map(str, words)], input=stdin, capture_output=True, text=True, timeout=60)
    assert done.returncode == code, f"gyre {words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


def directory():
    return pathlib.Path(tempfile.mkdtemp(prefix="gyre-test-"))


def test_help_version_and_usage():
    assert "run" in gyre("--help")
    assert re.search(r"\d+\.\d+", gyre("--version"))
    gyre("dance", code=64)
    for verb in ("new", "run", "check"):
        assert "directory is empty" in gyre(verb, "", code=64)
    gyre("run", "--listen", "telnet://nowhere.example:1", directory(), code=64)
    assert "telnet" in gyre("run", "--list-calls")


def test_one_is_greeted_in_a_place_that_does_not_work():
    place = directory() / "world"
    try:
        gyre("new", place)
        config = place / "gyre.toml"
        config.write_text(config.read_text().replace('#start_room = "square"', 'start_room = "pit"'))
        pit = place / "scripts" / "pit.lua"
        head = 'inherit "room"\nsingleton "pit"\nfunction self:describe()\n'
        for body, wanted in (('local ground = nil return ground.depth', "Something is wrong with the room; its maker has been told."),
                             ("while true do end", "was stopped; its maker has been told."),
                             ('return ("x"):rep(200000)',
                              "Something is wrong with this place; the wizards are told.")):
            pit.write_text(head + body + "\nend\n")
            with Server(world=place) as server:
                alice = Client(server.port())
                alice.send(("create" if "ground" in body else "connect") + " alice correct horse")
                alice.expect("Welcome, Alice.", wanted)
                alice.does("who", "1 here:", "Alice")
    finally:
        shutil.rmtree(place.parent)


def test_a_new_world_is_made_claimed_and_checked():
    place = directory() / "world"
    try:
        gyre("new", place)
        gyre("new", place, code=64)
        assert "no faults" in gyre("check", place)
        config = place / "gyre.toml"
        written = config.read_text()
        config.write_text(written.replace('#start_room = "square"', 'start_room = "sqare"'))
        assert 'did you mean "square"' in gyre("check", place, code=1)
        config.write_text(written.replace('#certificate = ""', 'certificate = "c.pem"')
                          .replace('#key = ""', 'key = "k.pem"'))
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-passout", "pass:secret", "-subj", "/CN=a",
                        "-keyout", place / "k.pem", "-out", place / "c.pem"], check=True, capture_output=True)
        assert "k.pem" in gyre("check", place, code=1)  # Nobody is asked for its password.
        config.write_text(written)
        with open("/dev/full", "w") as full:
            assert subprocess.run([BINARY, "check", place], stdout=full, stderr=full, timeout=60).returncode == 74
        (place / "scripts").chmod(0o777)
        assert "chmod o-w" in gyre("check", place, code=1)
        (place / "scripts").chmod(0o755)
        with Server(world=place) as server:
            code = re.search(r"claim ([A-Z0-9-]{19})", server.read_log())[1]
            alice = Client(server.port())
            alice.create("alice", "correct horse")
            alice.rest()
            alice.does("claim AAAA-AAAA-AAAA-AAAA", "not")
            alice.does(f"claim {code.lower()}", "wizard")
            assert "wizard" in gyre("account", "list", "--world", place)
            alice.does(f"claim {code}", "not")
            assert server.stop() == 0
            server.start()
            assert "claim" not in server.read_log().split("stopping")[-1]
    finally:
        shutil.rmtree(place.parent)


def test_a_server_that_hangs_is_not_waited_for():
    with Server(scripts="trial") as server:
        began = time.monotonic()
        server.process.send_signal(signal.SIGSTOP)
        try:
            asked = [subprocess.Popen([BINARY, *map(str, words)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                      stderr=subprocess.STDOUT, text=True)
                     for words in (("metrics", server.dir), ("account", "list", "--world", server.dir),
                                   ("backup", server.dir, server.dir / "copy.db"))]
            for each in asked:
                said = each.communicate(timeout=60)[0]
                assert each.returncode == 69 and "does not answer (nothing for 10 s)" in said, (each.returncode, said)
            assert time.monotonic() - began >= 10
            assert "database is left out" in gyre("check", server.dir)
        finally:
            server.process.send_signal(signal.SIGCONT)
        assert "gyre_connections" in gyre("metrics", server.dir)


def test_check_while_it_runs_looks_at_all_but_the_database():
    with Server() as server:
        assert str(server.process.pid) in gyre("check", server.dir) and "no faults" in gyre("check", server.dir)
        scripts = server.dir / "scripts"
        square = scripts / "square.lua"
        good = square.read_text()
        square.write_text(good + "\nfunction self:oops( \n")
        assert re.search(r"^square.lua:\d+: ", gyre("check", server.dir, code=1), re.M)
        square.write_text(good)
        (scripts / "nook.lua").write_text('inherit "thing"\nsingleton "nook"\nplace "cranny"\n')
        (scripts / "cranny.lua").write_text('inherit "thing"\nsingleton "cranny"\nplace "nook"\n')
        (scripts / "zap.lua").write_text('inherit "exit"\nsingleton "zap"\njoin("square", "north", "harbour")\n')
        (scripts / "hole.lua").write_text('inherit "exit"\nsingleton "hole"\njoin("square", "down", "fountain")\n')
        text = gyre("check", server.dir, code=1)
        for words in ("nook.lua:3: place: it would be inside itself", "cranny.lua:3: place: ",
                      "zap.lua:3: join: 'tavern_way' leads north from square already",
                      "hole.lua:3: join: 'fountain' is no room"):
            assert words in text, text
        for name in ("nook", "cranny", "zap", "hole"):
            (scripts / f"{name}.lua").unlink()
        shutil.copy(ROOT / "scripts" / "core" / "lamp.lua", scripts)
        (scripts / "rooms").mkdir()
        (scripts / "rooms" / "attic.lua").write_text('inherit "room"\n')
        text = gyre("check", server.dir)
        assert "warning: lamp.lua: it takes the place" in text and "warning: rooms/: " in text, text
        config = (server.dir / "gyre.toml").read_text()
        (server.dir / "gyre.toml").write_text('listen = ["telnet://127.0.0.1:4000", "telnet://127.0.0.1:4000"]\n' + config)
        assert "gyre.toml:1: listen: " in gyre("check", server.dir, code=78)
        (server.dir / "gyre.toml").write_text(config + '[world]\nstart_room = "sqare"\n')
        assert 'did you mean "square"' in gyre("check", server.dir, code=1)
        assert server.process.poll() is None


def test_a_host_key_with_a_passphrase_is_refused_without_asking():
    place = directory() / "world"
    try:
        gyre("new", place)
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-aes-256-cbc", "-pass", "pass:secret", "-out",
                        place / "ssh_host_key"], check=True, capture_output=True)
        (place / "ssh_host_key").chmod(0o600)
        for words, code in ((("run", place, "--listen", "ssh://127.0.0.1:0"), 78), (("check", place), 1)):
            text = gyre(*words, code=code)
            assert "ssh_host_key: this key has a passphrase" in text and "Enter" not in text, text
    finally:
        shutil.rmtree(place.parent)


def test_no_message_repeats_the_password_of_a_url():
    place = directory()
    try:
        for words in (("play", "telnet://bob:secret@127.0.0.1:1"), ("play", "bob:secret@127.0.0.1"),
                      ("play", "ssh://bob:secret@x"), ("telnet://bob:secret@x",),
                      ("run", place, "--listen", "telnet://bob:secret@127.0.0.1:0")):
            text = gyre(*words, code=64)
            assert "secret" not in text and "bob" not in text and len(text) > 20, text
    finally:
        shutil.rmtree(place)


def test_a_file_that_becomes_empty_takes_nothing_away():
    with Server() as server:
        code = re.search(r"claim ([A-Z0-9-]{19})", server.read_log())[1]
        alice = Client(server.port()).create("alice")
        alice.rest()
        alice.does(f"claim {code}", "wizard")
        square = server.dir / "scripts" / "square.lua"
        good = square.read_text()
        square.write_text("")
        alice.expect("square.lua: the file has become empty")
        alice.does("look", "Market square", "Ways out")
        square.write_text(good.replace("Market square", "Fish market"))
        for _ in range(50):
            time.sleep(0.1)
            if "Fish market" in alice.does("look", "Ways out"):
                break
        else:
            raise AssertionError("the file that is whole again was not taken up")


def test_a_configuration_alone_gets_a_world_and_a_new_password_ends_sessions():
    place = directory()
    try:
        (place / "gyre.toml").write_text('[world]\nname = "Harbour"\n[security]\npassword_cost = "cheap"\n')
        with Server(world=place) as server:
            assert "Harbour" in (place / "gyre.toml").read_text() and (place / "scripts" / "square.lua").exists()
            bob = Client(server.port())
            bob.create("bob", "correct horse")
            bob.rest()
            assert "new password" in gyre("account", "password", "bob", "--world", place, stdin="another horse\n")
            assert "log in again" in bob.rest()
            assert "session came name=Bob address=127.0.0.1 door=telnet" in server.read_log()
            assert "password set by the command line" in server.read_log()
    finally:
        shutil.rmtree(place)


def test_configuration_errors_name_file_line_and_key():
    place = directory()
    try:
        (place / "gyre.toml").write_text("[world]\nname = \"X\"\n[limits]\nconections = 5\n")
        text = gyre("check", place, code=78)
        assert "gyre.toml:4" in text and "connections" in text, text
        (place / "gyre.toml").write_text("[limits]\nconnections = \"many\"\n")
        assert "gyre.toml:2" in gyre("run", place, code=78)
        (place / "gyre.toml").write_text("\nlisten = [\"telent://127.0.0.1:0\"]\n")
        text = gyre("run", place, code=78)
        assert "gyre.toml:2" in text and "telnet" in text, text
    finally:
        shutil.rmtree(place)


def test_a_port_in_use_and_a_second_server_are_refused():
    with Server() as server:
        other = directory()
        text = gyre("run", other, "--listen", f"telnet://127.0.0.1:{server.port()}", code=69)
        assert "in use" in text, text
        text = gyre("run", server.dir, "--listen", "telnet://127.0.0.1:0", code=69)
        assert str(server.process.pid) in text, text
        shutil.rmtree(other)


def test_a_damaged_and_a_newer_database_are_left_alone():
    with Server() as server:
        Client(server.port()).create("alice").rest()
        assert server.stop() == 0
        path = server.dir / "world.db"
        good = path.read_bytes()
        for damage, word in ((b"not a database at all, " * 100, "restore"), (good[:100] + b"\xff" * 4096 + good[4196:], "restore")):
            path.write_bytes(damage)
            text = gyre("run", server.dir, "--listen", "telnet://127.0.0.1:0", code=65)
            assert word in text and "world.db" in text, text
            assert path.read_bytes() == damage, "the damaged file was touched"
        path.write_bytes(good)
        database = sqlite3.connect(path)
        database.execute("pragma user_version = 999")
        database.commit()
        database.close()
        newer = path.read_bytes()
        assert "newer" in gyre("run", server.dir, "--listen", "telnet://127.0.0.1:0", code=65)
        assert path.read_bytes() == newer


def test_accounts_through_the_running_server_and_without_one():
    with Server() as server:
        gyre("account", "create", "carol", "--world", server.dir, stdin="open sesame\n")
        carol = Client(server.port()).connect("carol", "open sesame")
        carol.expect("Market square")
        gyre("account", "role", "carol", "builder", "--world", server.dir)
        assert "builder" in gyre("account", "list", "--world", server.dir)
        gyre("account", "role", "nobody", "builder", "--world", server.dir, code=64)
        gyre("account", "create", "carol", "--world", server.dir, stdin="open sesame\n", code=64)
        assert server.stop() == 0
        gyre("account", "password", "carol", "--world", server.dir, stdin="close sesame\n")
        gyre("account", "create", "dave", "--world", server.dir, stdin="open sesame\n")
        gyre("account", "role", "dave", "builder", "--world", server.dir)
        server.start()
        Client(server.port()).connect("carol", "close sesame")
        Client(server.port()).connect("dave", "open sesame")


def test_backup_while_it_runs_and_restore():
    with Server() as server:
        alice = Client(server.port()).create("alice")
        alice.does("n", "The Blue Whale")
        alice.does("take lamp", "You take the brass lamp.")
        file = server.dir / "copy.db"
        gyre("backup", server.dir, file)
        alice.does("drop lamp", "You drop the brass lamp.")
        gyre("restore", file, server.dir, code=69)
        assert server.stop() == 0
        gyre("restore", file, server.dir)
        server.start()
        alice = Client(server.port()).connect("alice")
        alice.does("i", "You carry a brass lamp.")
        assert server.stop() == 0
        other = server.dir / "other.db"
        gyre("backup", server.dir, other)
        assert other.stat().st_size > 0


def test_metrics_and_threads_do_not_depend_on_connections():
    with Server(config="[limits]\nconnections = 3000\nconnections_per_network = 3000\n") as server:
        alice = Client(server.port()).create("alice")
        few = server.threads()
        crowd = [socket.create_connection(("127.0.0.1", server.port())) for _ in range(1000)]
        alice.does("look", "Market square")
        assert server.threads() == few, (few, server.threads())
        assert set(few) == {"gyre", "gyre-store", "gyre-worker"}, few
        assert "gyre_connections 1002" in gyre("metrics", server.dir)
        for each in crowd:
            each.close()


def test_an_idle_server_uses_no_cpu():
    with Server() as server:
        alice = Client(server.port()).create("alice")
        alice.rest()

        # Not utime and stime of /proc/PID/stat: those are an estimate from samples, each rounded to 10 ms.
        def used():
            """CPU time in ms and how often a thread went to sleep, of all threads."""
            nanoseconds = sleeps = 0
            for task in pathlib.Path(f"/proc/{server.process.pid}/task").iterdir():
                nanoseconds += int((task / "schedstat").read_text().split()[0])
                sleeps += int(re.search(r"\nvoluntary_ctxt_switches:\s+(\d+)", (task / "status").read_text())[1])
            return nanoseconds / 1e6, sleeps

        # What was done is folded into tables after a second, later on a machine that is busy. What goes on for ever is
        # in each of these.
        windows = []
        for _ in range(5):
            before = used()
            time.sleep(2)
            windows.append(tuple(now - then for now, then in zip(used(), before)))
            if windows[-1][0] < 2 and windows[-1][1] <= 4:
                return
        raise AssertionError(f"never idle for 2 s: ms and wakings were {windows}")


def test_sigterm_is_quick_and_says_goodbye():
    with Server() as server:
        alice = Client(server.port()).create("alice")
        alice.rest()
        began = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - began < 1
        assert alice.rest().strip(), "no goodbye"


def test_signals_are_heard_as_soon_as_it_is_ready():
    for number, code in ((1, None), (15, 0)):
        with Server() as server:
            for _ in range(5):
                server.process.send_signal(number)
            if code is None:
                Client(server.port()).create("alice")
                assert server.stop() == 0
            else:
                assert server.process.wait(20) == code


def test_reload_keeps_the_last_good_version():
    with Server() as server:
        code = re.search(r"claim ([A-Z0-9-]{19})", server.read_log())[1]
        alice = Client(server.port()).create("alice")
        alice.rest()
        alice.does(f"claim {code}", "wizard")
        lamp = server.dir / "scripts" / "square.lua"
        good = lamp.read_text()
        lamp.write_text(good.replace("Market square", "Market place"))
        server.process.send_signal(1)
        time.sleep(0.3)
        alice.does("look", "Market place")
        lamp.write_text(good + "\nfunction self:oops( \n")
        server.process.send_signal(1)
        alice.expect("square.lua:")
        alice.does("look", "Market place")
        assert server.stop() == 0
        server.start()  # The file is still broken: the last good version is in the database.
        alice = Client(server.port()).connect("alice")
        alice.expect("Market place")


def test_reload_adopts_a_configuration_or_nothing_of_it():
    with Server(config='[world]\nname = "First"\n') as server:
        toml = server.dir / "gyre.toml"
        good = toml.read_text()

        def reload(text, means):
            before = server.read_log().count(means)
            toml.write_text(text)
            server.process.send_signal(1)
            for _ in range(100):
                time.sleep(0.05)
                if server.read_log().count(means) > before:
                    return
            raise AssertionError(f"the log does not say {means!r}: {server.read_log()[-1000:]}")

        banner = good + 'banner = "hello.txt"\n'
        reload(banner, "configuration stays as it is")  # There is no such file.
        reload(good + "nonsense = 1\n", "configuration stays as it is")
        reload(good + "[storage]\nslow_disk_ms = 1\n", "takes effect at the next start")
        (server.dir / "hello.txt").write_text("Hello there, stranger.\n")
        toml.write_text(banner)
        server.process.send_signal(1)
        for _ in range(100):
            time.sleep(0.05)
            client = Client(server.port())
            client.rest()
            if "Hello there, stranger." in plain(client.raw):
                break
        else:
            raise AssertionError("the new banner is not shown")
        assert server.stop() == 0


def test_a_saved_class_file_is_live_at_once():
    with Server() as server:
        alice = Client(server.port()).create("alice")
        alice.rest()
        square = server.dir / "scripts" / "square.lua"
        good = square.read_text()

        def shows(words):
            for _ in range(50):
                time.sleep(0.1)
                if words in alice.does("look", "Ways out"):
                    return True
            return False

        square.write_text(good.replace("Market square", "Fish market"))
        assert shows("Fish market"), "a file that was written"
        saved = square.with_name(".square.lua.new")
        saved.write_text(good.replace("Market square", "Cloth market"))
        saved.rename(square)
        assert shows("Cloth market"), "a file that was put in its place"
        square.write_text(good + "\nfunction self:oops( \n")
        time.sleep(0.6)
        assert "Cloth market" in alice.does("look", "Ways out"), "the last good version goes on"
        assert "does not load" in server.read_log()
        square.write_text(good)
        assert shows("Market square"), "a file that was mended"


if __name__ == "__main__":
    main(test_help_version_and_usage, test_a_server_that_hangs_is_not_waited_for,
         test_check_while_it_runs_looks_at_all_but_the_database,
         test_a_host_key_with_a_passphrase_is_refused_without_asking,
         test_no_message_repeats_the_password_of_a_url, test_a_file_that_becomes_empty_takes_nothing_away,
         test_a_configuration_alone_gets_a_world_and_a_new_password_ends_sessions,
         test_a_new_world_is_made_claimed_and_checked,
         test_configuration_errors_name_file_line_and_key, test_a_port_in_use_and_a_second_server_are_refused,
         test_a_damaged_and_a_newer_database_are_left_alone,
         test_accounts_through_the_running_server_and_without_one, test_backup_while_it_runs_and_restore,
         test_metrics_and_threads_do_not_depend_on_connections, test_an_idle_server_uses_no_cpu,
         test_sigterm_is_quick_and_says_goodbye, test_signals_are_heard_as_soon_as_it_is_ready,
         test_one_is_greeted_in_a_place_that_does_not_work, test_reload_keeps_the_last_good_version,
         test_reload_adopts_a_configuration_or_nothing_of_it,
         test_a_saved_class_file_is_live_at_once)
