#!/usr/bin/env python3
"""Telnet as clients of games, crawlers and terminals speak it: compression both ways, MSSP, NEW-ENVIRON, the line editor."""
import os
import pathlib
import socket
import subprocess
import time
import zlib

from clients_test import Terminal, program
from gyre import Client, Server, main, plain

IAC, DO, DONT, WILL, SB, SE = b"\xff", b"\xfd", b"\xfe", b"\xfb", b"\xff\xfa", b"\xff\xf0"
MSSP, MCCP2, MCCP3 = b"\x46", b"\x56", b"\x57"
SECRET = "correct horse"


class CompressingClient(Client):
    """Takes MCCP2 when it is offered; sends compressed when told to."""

    def __init__(self, port):
        super().__init__(port)
        self.wire = 0
        self.inflater = None
        self.deflater = None
        self.socket.sendall(IAC + DO + MCCP2 + IAC + DO + MCCP3)

    def read_more(self, patience):
        before = len(self.raw)
        if not super().read_more(patience):
            return False
        data, self.raw = self.raw[before:], self.raw[:before]
        self.wire += len(data)
        start = SB + MCCP2 + SE
        if self.inflater is None and start in data:
            head, data = data.split(start, 1)
            self.raw += head + start
            self.inflater = zlib.decompressobj()
        if self.inflater is None:
            self.raw += data
            return True
        self.raw += self.inflater.decompress(data)
        if self.inflater.eof:
            self.raw, self.inflater = self.raw + self.inflater.unused_data, None
        return True

    def compress(self):
        self.socket.sendall(SB + MCCP3 + SE)
        self.deflater = zlib.compressobj()

    def send(self, line):
        data = line.encode() + b"\r\n"
        if self.deflater:
            data = self.deflater.compress(data) + self.deflater.flush(zlib.Z_SYNC_FLUSH)
        self.socket.sendall(data)


def test_compression_both_ways():
    with Server() as server:
        client = CompressingClient(server.port())
        client.expect("What is your name?")
        client.compress()
        client.create("Mina")
        assert client.inflater is not None
        text = "".join(client.does("look", "Market square", "> ") for _ in range(50))
        text += client.does("north", "The Blue Whale")
        assert client.wire < len(text) / 2, f"{client.wire} bytes for {len(text)}"
        client.socket.sendall(client.deflater.flush(zlib.Z_FINISH) + IAC + DONT + MCCP2)
        client.deflater = None
        client.does("look", "The Blue Whale")
        assert client.inflater is None, "the stream did not end"
        client.does("quit", "Goodbye.")
        assert client.closed()


def test_a_stream_ends_with_the_connection():
    with Server() as server:
        client = CompressingClient(server.port())
        client.create("Mona")
        inflater = client.inflater
        client.does("quit", "Goodbye.")
        client.rest()
        assert inflater.eof, "the last bytes of the stream are missing"


def test_compression_takes_little_memory():
    count = 200
    config = "[limits]\nconnections_per_network = 1000\n"
    used = {}
    for kind in (Client, CompressingClient):
        with Server(config=config) as server:
            before = server.rss_kib()
            clients = [kind(server.port()) for _ in range(count)]
            for client in clients:
                client.expect("What is your name?")
                if kind is CompressingClient:
                    client.compress()
                for _ in range(40):  # More than the window holds.
                    client.does("help", "this list", "name?")
            used[kind] = (server.rss_kib() - before) / count
            for client in clients:
                client.close()
    cost = used[CompressingClient] - used[Client]
    print(f"compression both ways: {cost:.0f} KiB a connection", flush=True)
    assert cost < 200, f"{cost} KiB a connection"


def test_hostile_streams():
    bomb = zlib.compress(b"x" * (60 << 20), 9)
    small = zlib.compress(b"x" * (200 << 10), 9)
    attacks = {
        "no stream": b"look\r\n" * 10,
        "a bomb": bomb,
        "many small ones": (SB + MCCP3 + SE).join([small] * 150),
        "half a stream": bomb[:100],
        "compressed lines without end": zlib.compress(b"look\r\n" * 100_000),
    }
    with Server() as server:
        other = Client(server.port()).create("Olga")
        for name, attack in attacks.items():
            connection = socket.create_connection(("127.0.0.1", server.port()))
            try:
                connection.sendall(IAC + DO + MCCP3 + SB + MCCP3 + SE + attack)
            except ConnectionError:
                pass
            begun = time.monotonic()
            other.does("look", "Market square")
            assert time.monotonic() - begun < 5, name
            connection.close()
        assert server.process.poll() is None
        log = server.read_log()
        assert "compressed input is damaged" in log and "compressed input grows too much" in log, log


def test_mssp():
    config = '[world]\nname = "Old Town"\n[listing]\nwebsite = "https://example.org"\n'
    with Server(config=config, listen=("telnet://127.0.0.1:0", "telnets://127.0.0.1:0")) as server:
        player = Client(server.port()).create("Paula")
        done = subprocess.run([program("nc"), "-q", "1", "127.0.0.1", str(server.port())], input=b"MSSP-REQUEST\r\n",
                              capture_output=True, timeout=30)
        text = plain(done.stdout)
        body = text.split("MSSP-REPLY-START\r\n", 1)[1].split("MSSP-REPLY-END", 1)[0]
        values = dict(line.split("\t", 1) for line in body.split("\r\n") if line)
        assert values["NAME"] == "Old Town" and values["PLAYERS"] == "1", values
        assert values["PORT"] == str(server.port()) and values["TLS"] == str(server.port("telnets")), values
        assert values["WEBSITE"] == "https://example.org" and "CONTACT" not in values, values
        player.does("look", "Market square")
        assert abs(int(values["UPTIME"]) - time.time()) < 120, values
        assert "Paula" not in text
        client = Client(server.port())
        client.socket.sendall(IAC + DO + MSSP)
        while SB + MSSP not in client.raw or SE not in client.raw.split(SB + MSSP)[1]:
            assert client.read_more(10)
        assert b"\x01NAME\x02Old Town\x01PLAYERS\x021\x01" in client.raw


def test_tintin_compresses():
    with Server() as server:
        home = pathlib.Path(server.dir) / "home"
        home.mkdir()
        script = pathlib.Path(server.dir) / "mccp.tin"
        script.write_text("#config {debug telnet} {on}\n#config {mccp} {on}\n"
                          f"#session {{town}} {{127.0.0.1}} {{{server.port()}}}\n")
        terminal = Terminal(program("tt++"), "-G", script, env={"HOME": str(home)})
        try:
            terminal.expect("What is your name?")
            terminal.type(f"create Tina {SECRET}")
            terminal.expect("Market square")
            for _ in range(5):
                terminal.type("look")
                terminal.expect("Market square")
            for sign in ("INFO MCCP2 INITIALIZED", "INFO MCCP3 INITIALIZED", "VAR CLIENT_NAME VAL TinTin++",
                         "MSSP VAR NAME                 VAL Gyre"):
                assert sign in terminal.screen, f"no {sign!r}: {terminal.screen[:4000]!r}"
            terminal.type("quit")
            terminal.expect("Goodbye.")
        finally:
            terminal.close()


def edits(terminal):
    """Somebody in the world whose client sends keys."""
    terminal.type("lo\x7fook")
    terminal.expect("Market square")
    terminal.type("\x1b[A\x01xx\x7f\x7f")  # The same again, edited at its beginning.
    terminal.expect("Market square")
    terminal.type("password")
    terminal.expect("assword")
    terminal.type("wrong secret word")
    terminal.type("")
    terminal.type("look")
    terminal.expect("Market square")
    assert "wrong secret" not in terminal.screen
    terminal.type("quit")


def test_inetutils_telnet_in_character_mode():
    with Server() as server:
        terminal = Terminal(program("telnet"), "127.0.0.1", server.port())
        try:
            terminal.expect("What is your name?")
            terminal.type(f"create Nettie {SECRET}")
            terminal.expect("Market square", "> ")
            os.write(terminal.fd, b"\x1d")
            terminal.expect("telnet> ")
            terminal.type("mode character")
            time.sleep(1)
            edits(terminal)
            terminal.expect("Connection closed")
        finally:
            terminal.close()


def test_plink_edits_lines():
    with Server() as server:
        terminal = Terminal(program("plink"), "-telnet", "-P", server.port(), "127.0.0.1")
        try:
            terminal.expect("What is your name?")
            terminal.type("petra")
            terminal.expect("(yes/no)")
            terminal.type("yes")
            terminal.expect("New password:")
            terminal.type(SECRET)
            terminal.expect("The same again:")
            terminal.type(SECRET)
            terminal.expect("Market square", "> ")
            assert SECRET not in terminal.screen
            edits(terminal)
            terminal.expect("Goodbye.")
        finally:
            terminal.close()


if __name__ == "__main__":
    main(test_compression_both_ways, test_a_stream_ends_with_the_connection, test_compression_takes_little_memory,
         test_hostile_streams, test_mssp, test_tintin_compresses, test_inetutils_telnet_in_character_mode,
         test_plink_edits_lines)
