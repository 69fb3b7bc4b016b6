#!/usr/bin/env python3
"""gyre-play.exe under Wine: by a script and in a pipe, against a server on this machine."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests" / "e2e"))

from gyre import Server, main  # noqa: E402
from play_client_test import SECRET, Rogue, newcomer, script  # noqa: E402

CLIENT = os.environ.get("GYRE_WINDOWS_CLIENT", ROOT / "build" / "windows" / "gyre-play.exe")
PREFIX = tempfile.mkdtemp(prefix="gyre-wine-")


def play(*arguments, typed=b""):
    """(exit code, output, complaints), line ends as they are there."""
    done = subprocess.run(["wine", str(CLIENT), *map(str, arguments)], input=typed, capture_output=True, timeout=120,
                          env={**os.environ, "WINEPREFIX": PREFIX, "WINEDEBUG": "-all"})
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def path(file):
    return "Z:" + str(file).replace("/", "\\")


def test_a_script_plays():
    with Server() as server:
        code, text, complaint = play(f"telnet://127.0.0.1:{server.port()}", "--script", path(newcomer("wendy")))
        assert code == 0 and "The Blue Whale" in text and SECRET not in text, (code, text, complaint)
        unmet = path(script('expect "never" 0.5'))
        code, _, complaint = play(f"127.0.0.1:{server.port()}", "--script", unmet)
        assert code == 1 and 'line 1: expected "never" within 0.5 s' in complaint, (code, complaint)


def test_a_pipe_passes_lines_through():
    with Server() as server:
        lines = f"create wendy {SECRET}\r\nsay Gr\u00fc\u00dfe\r\nquit\r\n"
        code, text, complaint = play(f"localhost:{server.port()}", typed=lines.encode())
        assert code == 0 and "You say, \"Gr\u00fc\u00dfe\"" in text and "Goodbye" in text, (code, text, complaint)


def test_what_cannot_be_is_told():
    code, _, complaint = play("telnets://localhost")
    assert code == 64 and "without TLS" in complaint, (code, complaint)
    code, _, complaint = play("telnet://127.0.0.1:1")
    assert code == 69 and "cannot connect to telnet://127.0.0.1:1" in complaint, (code, complaint)
    code, text, _ = play("--version")
    assert code == 0 and text.startswith("gyre-play "), (code, text)


def test_a_hostile_server_ends():
    with Rogue(b"a\x1b]0;TITLE\x07b\xff\xfb\x56\xff\xfa\x56\xff\xf0no stream") as rogue:
        code, text, complaint = play(rogue.url)
        assert code == 69 and text == "ab\n" and "is damaged" in complaint, (code, text, complaint)


if __name__ == "__main__":
    try:
        main(test_a_script_plays, test_a_pipe_passes_lines_through, test_what_cannot_be_is_told,
             test_a_hostile_server_ends)
    finally:
        subprocess.run(["wineserver", "-k"], env={**os.environ, "WINEPREFIX": PREFIX}, check=False)
        shutil.rmtree(PREFIX, ignore_errors=True)
