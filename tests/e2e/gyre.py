"""What the end-to-end tests share: a server of their own, and plain telnet clients.

A server listens on 127.0.0.1 with port 0, is stopped by its own pid, and its directory goes with it.
"""
import os
import pathlib
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("GYRE_BINARY", ROOT / "build" / "release" / "gyre"))
PATIENCE = float(os.environ.get("GYRE_PATIENCE", "20"))  # Seconds until something counts as not coming.

IAC = re.compile(rb"\xff(?:\xff|[\xfb-\xfe].|\xfa(?:[^\xff]|\xff\xff)*\xff\xf0|[\xf0-\xf9])", re.S)


def plain(data: bytes) -> str:
    """The text of what a telnet server sent: without commands, negotiation and colours."""
    text = IAC.sub(lambda match: b"\xff" if match[0] == b"\xff\xff" else b"", data)
    return re.sub(r"\x1b\[[0-9;]*m", "", text.decode("utf-8", "replace"))


class Server:
    """A running `gyre run`. Use it with `with`."""

    def __init__(self, scripts="town", config="", listen=("telnet://127.0.0.1:0",), world=None, env=None):
        self.temporary = world is None
        self.dir = pathlib.Path(world or tempfile.mkdtemp(prefix="gyre-test-"))
        self.listen = listen
        # AddressSanitizer keeps freed memory for a while; little of it, or memory could not be measured.
        self.env = {"ASAN_OPTIONS": "quarantine_size_mb=8:thread_local_quarantine_size_kb=64", **os.environ, **(env or {})}
        self.log = open(self.dir / "log", "ab")
        self.process = None
        if not (self.dir / "gyre.toml").exists():
            (self.dir / "scripts").mkdir(exist_ok=True)
            for script in (ROOT / "scripts" / scripts).glob("*.lua"):
                shutil.copy(script, self.dir / "scripts")
            base = '[security]\npassword_cost = "cheap"\n'
            (self.dir / "gyre.toml").write_text(base + config)

    def start(self):
        command = [str(BINARY), "run", str(self.dir)]
        for url in self.listen:
            command += ["--listen", url]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.log, env=self.env)
        self.output = []
        while True:
            line = self.process.stdout.readline().decode()
            if not line:
                raise RuntimeError(f"the server did not start: {self.read_log()[-2000:]}")
            self.output.append(line.strip())
            if line.startswith("ready"):
                self.urls = line.split()[1:]
                return self

    def port(self, scheme="telnet"):
        for url in self.urls:
            if url.startswith(scheme + "://"):
                return int(re.search(r":(\d+)", url.split("//", 1)[1])[1])
        raise KeyError(scheme)

    def read_log(self):
        return (self.dir / "log").read_text(errors="replace")

    def stop(self):
        """A polite stop; returns the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def threads(self):
        """Their names, as `top -H` shows them."""
        tasks = pathlib.Path(f"/proc/{self.process.pid}/task").iterdir()
        return sorted((task / "comm").read_text().strip() for task in tasks)

    def rss_kib(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1])

    def __enter__(self):
        return self.start()

    def __exit__(self, kind, *_):
        if self.process and self.process.poll() is None:
            self.kill()
        self.log.close()
        if kind is not None:
            sys.stderr.write(self.read_log()[-3000:])
        if self.temporary:
            shutil.rmtree(self.dir, ignore_errors=True)


class Client:
    """A telnet client that negotiates nothing."""

    def __init__(self, port, address="127.0.0.1", source=None):
        source = (source, 0) if source else None
        self.socket = socket.create_connection((address, port), PATIENCE, source_address=source)
        self.raw = b""
        self.seen = 0  # Of the plain text.

    def send(self, line):
        self.socket.sendall(line.encode() + b"\r\n")

    def read_more(self, patience):
        ready, _, _ = select.select([self.socket], [], [], max(0, patience))
        if not ready:
            return False
        try:
            data = self.socket.recv(65536)
        except ConnectionError:
            data = b""
        self.raw += data
        return bool(data)

    def expect(self, *wanted, patience=PATIENCE):
        """Reads until each of these strings has come, in order; returns the text up to there."""
        end = time.monotonic() + patience
        start = self.seen
        for piece in wanted:
            while True:
                text = plain(self.raw)
                at = text.find(piece, self.seen)
                if at >= 0:
                    self.seen = at + len(piece)
                    break
                if not self.read_more(end - time.monotonic()):
                    raise AssertionError(f"expected {piece!r}, got {text[start:][-1500:]!r}")
        return plain(self.raw)[start:self.seen]

    def does(self, line, *wanted):
        self.send(line)
        return self.expect(*wanted)

    def rest(self, quiet=0.2):
        """What else comes until nothing came for `quiet` seconds."""
        while self.read_more(quiet):
            pass
        text = plain(self.raw)[self.seen:]
        self.seen += len(text)
        return text

    def closed(self, patience=PATIENCE):
        end = time.monotonic() + patience
        while time.monotonic() < end:
            ready, _, _ = select.select([self.socket], [], [], 0.1)
            if ready:
                try:
                    data = self.socket.recv(65536)
                except ConnectionError:
                    return True
                if not data:
                    return True
                self.raw += data
        return False

    def create(self, name, password="correct horse"):
        self.does(f"create {name} {password}", "Welcome")
        return self

    def connect(self, name, password="correct horse"):
        self.does(f"connect {name} {password}", "Welcome")
        return self

    def close(self):
        self.socket.close()


def main(*tests):
    """Runs the tests of a file; prints one line."""
    for test in tests:
        try:
            test()
        except BaseException:
            print(f"FAILED {pathlib.Path(sys.argv[0]).name} {test.__name__}", flush=True)
            raise
    print(f"{pathlib.Path(sys.argv[0]).name}: {len(tests)} passed")
