#!/usr/bin/env python3
"""The town through real clients: TinTin++ (plain and TLS), inetutils telnet, netcat. Each on a terminal of its own."""
import fcntl
import os
import pathlib
import pty
import re
import select
import shutil
import struct
import subprocess
import termios
import time

from gyre import PATIENCE, Server, main


def program(name):
    path = shutil.which(name) or shutil.which(f"/usr/games/{name}")
    assert path, f"{name} is not installed"
    return path


class Terminal:
    """A program on a pseudo-terminal of 80 by 40."""

    def __init__(self, *command, env=None):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update({"TERM": "xterm", "LINES": "40", "COLUMNS": "80", "LANG": "C.UTF-8", **(env or {})})
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))
            os.execv(command[0], [str(word) for word in command])
        self.screen = ""
        self.seen = 0

    def type(self, line):
        os.write(self.fd, line.encode() + b"\r")

    def expect(self, *pieces, patience=PATIENCE):
        end = time.monotonic() + patience
        for piece in pieces:
            while piece not in self.screen[self.seen:]:
                ready, _, _ = select.select([self.fd], [], [], max(0, end - time.monotonic()))
                try:
                    data = os.read(self.fd, 65536) if ready else b""
                except OSError:
                    data = b""
                if not data:
                    raise AssertionError(f"expected {piece!r} on screen, got {self.screen[-2000:]!r}")
                text = data.decode("utf-8", "replace")
                self.screen += re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[()][A-Z0-9]|\x1b[=>78]", "", text)
            self.seen = self.screen.index(piece, self.seen) + len(piece)

    def close(self):
        try:
            os.kill(self.pid, 9)
        except ProcessLookupError:
            pass
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def log_in(terminal, name, secret="hunter2horse"):
    terminal.expect("What is your name?")
    terminal.type(name)
    terminal.expect("(yes/no)")
    terminal.type("yes")
    terminal.expect("New password:")
    terminal.type(secret)
    terminal.expect("The same again:")
    terminal.type(secret)
    terminal.expect("Welcome", "Market square")
    assert secret not in terminal.screen, "the password was shown"


def play(terminal):
    terminal.type("north")
    terminal.expect("The Blue Whale")
    terminal.type("take lamp")
    terminal.expect("You take the brass lamp.")
    terminal.type("quit")


def tintin(server, scheme, name):
    command = "#session" if scheme == "telnet" else "#ssl"
    script = pathlib.Path(server.dir) / f"{name}.tin"
    script.write_text(f"{command} {{town}} {{127.0.0.1}} {{{server.port(scheme)}}}\n")
    home = pathlib.Path(server.dir) / "home"
    home.mkdir(exist_ok=True)
    terminal = Terminal(program("tt++"), "-G", script, env={"HOME": str(home)})
    try:
        log_in(terminal, name)
        terminal.type("again")  # TinTin++ knows no such command: it goes to the world, echoed again.
        terminal.expect("again")
        play(terminal)
    finally:
        terminal.close()


def test_tintin_plain():
    with Server() as server:
        tintin(server, "telnet", "tina")


def test_tintin_tls():
    with Server(listen=("telnets://127.0.0.1:0",)) as server:
        tintin(server, "telnets", "tessa")


def test_inetutils_telnet():
    with Server() as server:
        terminal = Terminal(program("telnet"), "127.0.0.1", server.port())
        try:
            log_in(terminal, "nettie")
            terminal.type("help")
            terminal.expect("What you can do")
            play(terminal)
            terminal.expect("Connection closed")
        finally:
            terminal.close()


def test_netcat():
    with Server() as server:
        lines = "create nora hunter2horse\nnorth\ntake lamp\nquit\n"
        done = subprocess.run([program("nc"), "-q", "5", "127.0.0.1", str(server.port())], input=lines.encode(),
                              capture_output=True, timeout=30)
        text = done.stdout.decode("utf-8", "replace")
        assert "The Blue Whale" in text and "You take the brass lamp." in text, text


def test_netcat_is_told_what_http_and_tls_do_not_find_here():
    with Server() as server:
        for first in (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"):
            done = subprocess.run([program("nc"), "-q", "2", "127.0.0.1", str(server.port())], input=first,
                                  capture_output=True, timeout=10)
            assert b"Market square" not in done.stdout


if __name__ == "__main__":
    main(test_tintin_plain, test_tintin_tls, test_inetutils_telnet, test_netcat,
         test_netcat_is_told_what_http_and_tls_do_not_find_here)
