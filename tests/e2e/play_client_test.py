#!/usr/bin/env python3
"""`gyre play`: at a terminal, in a pipe, by a script, over TLS, and with servers that mean no good."""
import fcntl
import os
import pty
import resource
import signal
import socket
import struct
import subprocess
import tempfile
import termios
import threading
import time
import zlib

from clients_test import Terminal, log_in
from gyre import BINARY, PATIENCE, Client, Server, main

SECRET = "hunter2horse"
MIB = 1 << 20


class Seat(Terminal):
    """`gyre play` on a terminal that outlives it, with all that was written to it."""

    def __init__(self, *arguments, env=None, rows=24, columns=80):
        self.fd, self.slave = pty.openpty()
        self.resize(rows, columns)
        self.before = termios.tcgetattr(self.slave)
        self.screen, self.seen = "", 0
        self.process = subprocess.Popen(
            [str(BINARY), "play", *map(str, arguments)], stdin=self.slave, stdout=self.slave, stderr=self.slave,
            start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
            env={**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", "NO_COLOR": "", **(env or {})})

    def resize(self, rows, columns):
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, keys):
        os.write(self.fd, keys)

    def ends(self, status):
        """It ends so, and the terminal is as it was."""
        assert self.process.wait(PATIENCE) == status, (self.process.returncode, self.screen[-500:])
        assert termios.tcgetattr(self.slave) == self.before, "the terminal was left in another mode"

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.slave)
        os.close(self.fd)


def play(*arguments, typed="", env=None):
    """Without a terminal: (exit code, output, complaints)."""
    done = subprocess.run([str(BINARY), "play", *map(str, arguments)], input=typed.encode(), capture_output=True,
                          timeout=60, env={**os.environ, "LANG": "C.UTF-8", **(env or {})})
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def script(*lines):
    file = tempfile.NamedTemporaryFile("w", suffix=".script", delete=False)
    file.write("\n".join(lines))
    file.close()
    return file.name


def newcomer(name):
    return script('expect "What is your name?"', f"send {name}", "expect yes/no", "send yes", 'expect "New password:"',
                  f"secret {SECRET}", 'expect "same again:"', f"secret {SECRET}", "expect Market square", "send north",
                  'expect "Blue Whale" 5', "send quit", "expect Goodbye", "closed 5")


class Rogue:
    """A server for one visitor, which sends what it is given and keeps what it hears."""

    def __init__(self, *pieces, linger=0.0):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"telnet://127.0.0.1:{self.socket.getsockname()[1]}"
        self.heard = b""
        self.thread = threading.Thread(target=self.serve, args=(pieces, linger))
        self.thread.start()

    def serve(self, pieces, linger):
        peer, _ = self.socket.accept()
        with peer:
            peer.settimeout(PATIENCE)
            try:
                for piece in pieces:
                    peer.sendall(piece)
                time.sleep(linger)
                peer.shutdown(socket.SHUT_WR)
                while data := peer.recv(65536):
                    self.heard += data
            except OSError:
                pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.thread.join()
        self.socket.close()


def test_the_town_at_a_terminal():
    with Server() as server:
        seat = Seat(f"telnet://127.0.0.1:{server.port()}")
        try:
            seat.expect("Say quit to leave; Ctrl-D only\r\ndisconnects.")
            log_in(seat, "nora")
            seat.expect("Nora | Market square | s w e n")  # At the foot.
            seat.type("north")
            seat.expect("The Blue Whale", "Nora | The Blue Whale | d u s")
            other = Client(server.port()).create("bob")
            other.does("north", "The Blue Whale")
            # What others do while she types comes above her line.
            seat.press(b"say hel")
            seat.expect("say hel")
            other.does("say Hello Nora", "You say")
            seat.expect('Bob says, "Hello Nora"', "> say hel")
            seat.press(b"lo\r")
            other.expect('Nora says, "hello"')
            seat.press(b"\x1b[A\r")  # The line before, from the history.
            other.expect('Nora says, "hello"')
            seat.press(b"\x1b[200~say one\rsay tw\x1b[201~o\r")
            other.expect('Nora says, "one"', 'Nora says, "two"')
            seat.resize(12, 40)
            seat.expect("Nora | The Blue Whale")
            seat.type("look")
            seat.expect("A low room with a fire that never goes\r\n")
            seat.type("quit")
            seat.expect("Goodbye.", "The server has ended the connection.")
            assert SECRET not in seat.screen, "the password was shown"
            seat.ends(0)
        finally:
            seat.close()


def test_leaving_gives_the_terminal_back():
    with Server() as server:
        for leave, status in ((lambda seat: seat.press(b"\x04"), 0),
                              (lambda seat: seat.process.send_signal(signal.SIGTERM), -signal.SIGTERM),
                              (lambda seat: server.stop(), 0)):
            seat = Seat(f"127.0.0.1:{server.port()}")
            try:
                seat.expect("What is your name?")
                assert termios.tcgetattr(seat.slave) != seat.before
                seat.press(b"\x03")
                seat.expect("(Ctrl-D disconnects.)")
                leave(seat)
                seat.ends(status)
            finally:
                seat.close()


def test_no_colour_and_no_status_when_asked_so():
    with Server() as server:
        for arguments, env in ((("--no-colour", "--no-status"), {}), (("--no-status",), {"NO_COLOR": "1"})):
            seat = Seat(f"127.0.0.1:{server.port()}", *arguments, env=env)
            try:
                seat.expect("What is your name?")
                seat.type(f"create n{len(arguments)} {SECRET}")
                written = b""
                while b"steps.\r\n" not in written:
                    written += os.read(seat.fd, 65536)
                assert b"\x1b[1" not in written and b"\x1b[0;7m" not in written, written
            finally:
                seat.close()


def test_a_script_plays_by_telnet_and_tls():
    with Server(listen=("telnet://127.0.0.1:0", "telnets://127.0.0.1:0")) as server:
        code, text, complaint = play(f"telnet://127.0.0.1:{server.port()}", "--script", newcomer("nora"))
        assert code == 0 and "The Blue Whale" in text and not complaint, (code, text, complaint)
        assert SECRET not in text and "\x1b" not in text and "\r" not in text, text
        url = f"telnets://localhost:{server.port('telnets')}"
        code, text, complaint = play(url, "--script", newcomer("tess"))
        assert code == 69 and not text, (code, text)
        assert "self-signed" in complaint and "SHA-256 fingerprint" in complaint and "--insecure" in complaint, complaint
        fingerprint = complaint.split("fingerprint is ")[1].split()[0]
        code, text, complaint = play(url, "--insecure", "--script", newcomer("tess"))
        assert code == 0 and fingerprint in complaint, (code, text, complaint)
        # Who trusts that certificate needs no --insecure, but it is for localhost only.
        trusting = {"SSL_CERT_FILE": str(server.dir / "certificate.pem")}
        code, text, complaint = play(url, "--script", newcomer("tina"), env=trusting)
        assert code == 0 and not complaint, (code, text, complaint)
        code, text, complaint = play(url.replace("localhost", "127.0.0.1"), "--script", newcomer("none"), env=trusting)
        assert code == 69 and "mismatch" in complaint, (code, complaint)
        code, text, complaint = play(f"telnets://127.0.0.1:{server.port()}", "--script", newcomer("none"))
        assert code == 69 and complaint, (code, complaint)


def test_a_script_that_is_not_met_says_where():
    with Server() as server:
        file = script("# Nobody says that.", 'expect "What is"', 'expect "never" 0.5')
        code, _, complaint = play(f"127.0.0.1:{server.port()}", "--script", file)
        assert code == 1 and f'{file}: line 3: expected "never" within 0.5 s' in complaint, (code, complaint)
        assert "your name?" in complaint, complaint
        code, _, complaint = play("--script", script("expact x"))
        assert code == 64 and 'line 1: unknown step "expact"' in complaint, (code, complaint)
        code, _, complaint = play("--script", "/no/such/file")
        assert code == 64 and "cannot read the script /no/such/file" in complaint, (code, complaint)


def test_a_pipe_passes_lines_through():
    with Server() as server:
        code, text, complaint = play(f"127.0.0.1:{server.port()}", typed=f"create nora {SECRET}\r\ntake sign\nnorth")
        assert code == 0 and not complaint, (code, complaint)
        assert "The Blue Whale\n" in text and "\x1b" not in text and "\r" not in text, text


def test_a_port_that_does_not_speak_telnet_is_told():
    with Server(listen=("telnet://127.0.0.1:0", "telnets://127.0.0.1:0")) as server:
        code, text, complaint = play(f"telnet://127.0.0.1:{server.port('telnets')}", typed="look\n")
        assert code == 69 and "is it telnets://?" in complaint, (code, text, complaint)


def test_who_cannot_be_reached_is_told():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    code, _, complaint = play(f"telnet://127.0.0.1:{port}")
    assert code == 69 and "Connection refused" in complaint and str(port) in complaint, (code, complaint)
    code, _, complaint = play("telnet://no-such-host.invalid")
    assert code == 69 and "cannot find the host no-such-host.invalid" in complaint, (code, complaint)
    for url, words in (("htp://x", "unknown scheme"), ("telnet://x:0", "from 1 to 65535"), ("telnet://", "host is missing"),
                       ("telnet://bob:pw@x:4000", "no user or password in the URL")):
        code, _, complaint = play(url)
        assert code == 64 and words in complaint, (code, complaint)
    code, text, _ = play("--help")
    assert code == 0 and "expect TEXT" in text and "69" in text, text


def test_a_server_cannot_take_over_the_terminal():
    hostile = (b"a\x1b]0;TITLE\x07\x1b]52;c;Q0xJUA==\x07\x1b[2J\x1b[H\x1b[6n\x1b[?1049h\x1bc\x1bP$qm\x1b\\\x9b2J\x07"
               b"\x1b]8;;file:///etc/passwd\x1b\\link\x1b]8;;\x1b\\b \x1b]8;;https://example.org\x1b\\safe\x1b]8;;\x1b\\"
               b"\x1b[>4;1m\x1b[1mbold\r\nend\r\n")
    with Rogue(hostile, linger=0.5) as rogue:
        seat = Seat(rogue.url)
        try:
            written = b""
            while b"has ended the connection" not in written:
                written += os.read(seat.fd, 65536)
            seat.ends(0)
            assert b"a2Jlinkb \x1b]8;;https://example.org\x1b\\safe\x1b]8;;\x1b\\\x1b[1mbold\x1b[0m\r\n" in written, written
            for piece in (b"TITLE", b"Q0xJ", b"\x1b[2J", b"\x1b[6n", b"1049", b"\x1bc", b"\x1bP", b"passwd", b"[>4", b"\x07"):
                assert piece not in written, (piece, written)
        finally:
            seat.close()


def limited(url):
    """It reads until the server closes, in bounded memory."""
    process = subprocess.Popen([str(BINARY), "play", url, "--script", script("closed 50")], stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE)
    complaint = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert usage.ru_maxrss < 200 * 1024, f"{usage.ru_maxrss} KiB"
    return process.returncode, complaint


def test_endless_lines_and_strings_take_no_memory():
    for piece in (b"x" * MIB, b"\x1b[1m" * (MIB // 4), b"\x1b]0;" + b"x" * MIB, b"\xff\xfa\xc9" + b"x" * MIB):
        with Rogue(*[piece] * 16) as rogue:
            assert limited(rogue.url) == (0, ""), piece[:10]


def test_a_storm_of_negotiation_is_answered_with_measure():
    storm = b"\xff\xfb\x01\xff\xfc\x01\xff\xfd\x1f\xff\xfe\x1f\xff\xfd\x99" * 50_000
    with Rogue(storm) as rogue:
        assert limited(rogue.url) == (0, "")
    assert len(rogue.heard) < 10_000, len(rogue.heard)


def test_a_compression_bomb_ends_the_connection():
    bomb = zlib.compress(b" " * (64 * MIB), 9)
    with Rogue(b"\xff\xfb\x56\xff\xfa\x56\xff\xf0" + bomb) as rogue:
        code, complaint = limited(rogue.url)
        assert code == 69 and "compressed input grows too much" in complaint, (code, complaint)
    with Rogue(b"\xff\xfb\x56\xff\xfa\x56\xff\xf0no stream") as rogue:
        code, complaint = limited(rogue.url)
        assert code == 69 and "compressed input is damaged" in complaint, (code, complaint)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main(test_the_town_at_a_terminal, test_leaving_gives_the_terminal_back, test_no_colour_and_no_status_when_asked_so,
         test_a_script_plays_by_telnet_and_tls, test_a_script_that_is_not_met_says_where, test_a_pipe_passes_lines_through,
         test_a_port_that_does_not_speak_telnet_is_told, test_who_cannot_be_reached_is_told, test_a_server_cannot_take_over_the_terminal,
         test_endless_lines_and_strings_take_no_memory, test_a_storm_of_negotiation_is_answered_with_measure,
         test_a_compression_bomb_ends_the_connection)
