#!/usr/bin/env python3
"""Objects as files: by SSH with the real client, and by `gyre export` and `gyre import`."""
import pathlib
import re
import subprocess

from gyre import BINARY, Client, Server, main
from ssh_test import SECRET, SSH_OPTIONS, ssh, town


def gyre(*arguments, typed=None):
    return subprocess.run([str(BINARY), *map(str, arguments)], input=typed, capture_output=True, timeout=240)


def builder(server, name="sally"):
    client = Client(server.port()).create(name, SECRET)
    assert gyre("account", "role", name, "builder", "--world", server.dir).returncode == 0
    return client


def with_bell(server):
    """A builder with a bell that rings, connected by telnet."""
    sally = builder(server)
    sally.does("create a brass bell", "You make the brass bell")
    sally.does("describe bell as It waits.", "It waits.")
    sally.does("verb ring bell: self:announce(\"{who} {who:rings} {it}.\", {who = who, it = self})", "has the verb")
    return sally


def test_a_file_goes_out_and_comes_back_changed():
    with town() as server:
        sally = with_bell(server)
        done = ssh(server, "export bell")
        assert done.returncode == 0 and done.stderr == b"", done
        file = done.stdout
        assert file.startswith(b"--- Objects of a Gyre world") and file.endswith(b"\n") and b"\r" not in file, file
        assert b"thing_" not in file and b"sally" not in file.lower(), file
        assert ssh(server, "export bell").stdout == file
        done = ssh(server, "import", typed=file)
        assert done.returncode == 0 and done.stdout == b"", done
        assert b"0 made, 0 changed, 1 as before" in done.stderr, done
        done = ssh(server, "import", typed=file.replace(b"It waits.", b"It hums.").replace(b"\n", b"\r\n"))
        assert done.returncode == 0 and b"0 made, 1 changed" in done.stderr, done
        sally.does("look at bell", "It hums.")
        sally.does("ring bell", "You ring the brass bell.")
        sally.does("undo", "import is taken back")
        sally.does("look at bell", "It waits.")
        sally.does("destroy bell", "is gone")
        done = ssh(server, "import", typed=file)
        assert done.returncode == 0 and b"1 made" in done.stderr, done
        sally.does("ring bell", "You ring the brass bell.")
        assert ssh(server, "export bell").stdout == file
        sally.does("undo", "import is taken back")
        sally.does("ring bell", "You see no bell here.")


def test_what_is_wrong_is_told_on_standard_error():
    with town() as server:
        sally = with_bell(server)
        file = ssh(server, "export bell").stdout
        broken = file.replace(b"property.name", b"property.nmae") + b"property.hidden = 3\nproperty.x = os.exit()\n"
        done = ssh(server, "import", typed=broken)
        assert done.returncode == 1 and done.stdout == b"", done
        told = done.stderr.decode()
        assert "Nothing was imported" in told and len(re.findall(r"^import:\d+: ", told, re.M)) == 3, told
        assert "did you mean 'name'?" in told, told
        sally.does("look at bell", "It waits.")
        done = ssh(server, "export nothing")
        assert done.returncode == 1 and done.stdout == b"" and done.stderr != b"", done
        done = ssh(server, "import", typed=b"x" * 1_100_000)
        assert done.returncode == 2 and b"at most 1000000 bytes" in done.stderr, done
        # Somebody who is no builder.
        Client(server.port()).create("paul", SECRET).does("quit", "Goodbye")
        done = ssh(server, "import", name="paul", typed=file)
        assert done.returncode == 1 and done.stdout == b"" and done.stderr != b"", done


def test_a_large_file_passes_whole():
    with town() as server:
        builder(server).does("quit", "Goodbye")
        letters = "abcdefghijkmnpqrstuvwxyz23456789"
        key = "".join(letters[7 * at % 32] for at in range(16))
        words = "".join(f'  "{at} {"x" * 70}",\n' for at in range(9000))
        file = f'format(1)\nobject "@{key}"\ninherit "thing"\nproperty.name = "crate"\nproperty.names = {{\n{words}}}\n'
        done = ssh(server, "import", typed=file.encode())
        assert done.returncode == 0 and b"1 made" in done.stderr, done.stderr
        done = ssh(server, "export crate")
        assert done.returncode == 0, done.stderr
        assert done.stdout.decode().endswith(file[file.index("property.names"):]), done.stdout[-300:]


def test_in_the_game_the_editor_takes_the_text():
    with town() as server:
        sally = with_bell(server)
        sally.send("set width 1000")
        file = ssh(server, "export bell").stdout.decode().replace("brass bell", "iron bell")
        sally.does("import", "What shall be imported?")
        for line in file.splitlines():
            sally.send(line)
        sally.does(".", "0 made, 1 changed")
        sally.does("export iron bell", "format(1)", 'property.name = "iron bell"')


def test_the_command_line_does_the_same():
    with town() as server, Server() as other:
        with_bell(server).does("drop bell", "You drop")
        file = pathlib.Path(server.dir) / "bell.lua"
        done = gyre("export", server.dir, "brass bell", "-o", file)
        assert done.returncode == 0 and done.stdout == b"", done
        assert gyre("export", server.dir, "brass bell").stdout == file.read_bytes()
        done = gyre("export", server.dir, "no such thing")
        assert done.returncode == 64 and b"there is no no such thing" in done.stderr, done
        ann = builder(other, "ann")
        done = gyre("import", other.dir, file, "--as", "ann")
        assert done.returncode == 0 and b"1 made" in done.stdout, done
        ann.does("ring bell", "You ring the brass bell.")
        assert gyre("export", other.dir, "brass bell").stdout != b""
        ann.does("undo", "import is taken back")
        done = gyre("import", other.dir, "-", "--as", "ann", typed=b"format(1)\nx\nobject \"square\"\n")
        assert done.returncode == 1 and b"stdin:2: 'x' begins no statement" in done.stderr, done
        assert b"stdin:3: " in done.stderr and b"nothing was imported" in done.stderr, done
        # What a file says does not command the terminal that shows what is wrong with it.
        for control in (b"\x1b]0;x\x07", b"\xc2\x9b2J", b"\xff"):
            broken = file.read_bytes().replace(b'"thing"', b'"' + control + b'"')
            done = gyre("import", other.dir, "-", "--as", "ann", typed=broken)
            assert done.returncode == 1 and b"nothing was imported" in done.stderr, done
            assert not any(bad in done.stderr for bad in (b"\x1b", b"\x07", b"\xc2\x9b", b"\xff")), done
        assert gyre("import", other.dir, file, "--as", "nobody").returncode == 64
        ann.close()
        # With nobody running the world.
        other.stop()
        done = gyre("import", other.dir, file, "--as", "ann")
        assert done.returncode == 0 and b"1 made" in done.stdout, done
        done = gyre("import", other.dir, file, "--as", "ann")
        assert done.returncode == 0 and b"1 as before" in done.stdout, done
        assert gyre("export", other.dir, "brass bell").stdout.splitlines()[-1] == file.read_bytes().splitlines()[-1]


def test_the_commands_of_the_guide_work():
    guide = (pathlib.Path(__file__).parents[2] / "docs" / "building.md").read_text()
    commands = re.search(r"^```sh\n(.*?)^```$", guide, re.M | re.S)[1]
    with town() as server:
        builder(server, "ann").does("create a small hammer", "You make")
        ask = pathlib.Path(server.dir) / "askpass"
        ask.write_text(f"#!/bin/sh\necho '{SECRET}'\n")
        ask.chmod(0o700)
        options = " ".join(SSH_OPTIONS)
        script = (f"set -e\nssh() {{ shift 3; command ssh {options} -p {server.port('ssh')} ann@127.0.0.1 \"$@\"; }}\n"
                  f"export SSH_ASKPASS={ask} SSH_ASKPASS_REQUIRE=force DISPLAY=none\n" + commands)
        done = subprocess.run(["bash", "-c", script], cwd=server.dir, capture_output=True, timeout=120, stdin=subprocess.DEVNULL)
        assert done.returncode == 0, done
        assert b"mallet" in (pathlib.Path(server.dir) / "hammer.lua").read_bytes()
        assert b"import is taken back" in done.stdout, done


if __name__ == "__main__":
    main(test_a_file_goes_out_and_comes_back_changed, test_what_is_wrong_is_told_on_standard_error,
         test_a_large_file_passes_whole, test_in_the_game_the_editor_takes_the_text,
         test_the_command_line_does_the_same, test_the_commands_of_the_guide_work)
