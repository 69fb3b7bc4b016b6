#!/usr/bin/env python3
"""What hostile bytes get: bounded memory, no loops, and others play on."""
import socket
import time

from gyre import Client, Server, main


def raw(server):
    connection = socket.create_connection(("127.0.0.1", server.port()))
    connection.settimeout(5)
    return connection


def drain(connection, seconds=0.5):
    """What the server sends until it is quiet or closes."""
    connection.settimeout(seconds)
    data = b""
    try:
        while piece := connection.recv(65536):
            data += piece
    except (TimeoutError, ConnectionError):
        pass
    return data


def feed(connection, data):
    try:
        connection.sendall(data)
    except (ConnectionError, TimeoutError):
        pass  # Cut off: that is one of the right answers.


def still_plays(server, client):
    client.does("look", "Market square")
    assert server.process.poll() is None


def attacks():
    iac = b"\xff"
    return {
        "a line of a megabyte": b"x" * 1_000_000 + b"\r\n",
        "many empty lines": b"\r\n" * 200_000,
        "a subnegotiation without end": iac + b"\xfa\x18" + b"\x00" * 1_000_000,
        "a storm of options": b"".join(iac + bytes((0xFB + n % 4, n % 256)) for n in range(100_000)),
        "nothing but IAC": iac * 500_000,
        "nested subnegotiations": (iac + b"\xfa\x1f") * 100_000,
        "window sizes": (iac + b"\xfa\x1f\x00\x00\x00\x00" + iac + b"\xf0") * 50_000,
        "are you there": (iac + b"\xf6") * 100_000,
        "control characters": bytes(range(32)) * 10_000 + b"\r\n",
        "broken UTF-8": b"\xc3\x28\xf0\x28\x8c\xbc" * 50_000 + b"\r\n",
    }


def test_attacks_before_login_cost_little():
    with Server() as server:
        alice = Client(server.port()).create("alice")
        alice.rest()
        before = server.rss_kib()
        for name, data in attacks().items():
            attacker = raw(server)
            feed(attacker, data)
            answer = drain(attacker, 0.2)
            assert len(answer) < 4_000_000, f"{name}: {len(answer)} bytes came back"
            attacker.close()
            still_plays(server, alice)
        assert server.rss_kib() - before < 40_000, server.rss_kib() - before


def test_attacks_from_within_the_world_cost_little():
    with Server() as server:
        alice = Client(server.port()).create("alice")
        alice.rest()
        before = server.rss_kib()
        for number, data in enumerate(attacks().values()):
            mallory = Client(server.port()).create(f"mallory{number}")
            feed(mallory.socket, data)
            drain(mallory.socket, 0.2)
            mallory.close()
            alice.rest(0.05)
            still_plays(server, alice)
        assert server.rss_kib() - before < 60_000, server.rss_kib() - before


def test_escapes_in_speech_do_not_reach_others():
    with Server() as server:
        alice = Client(server.port()).create("alice")
        bob = Client(server.port()).create("bob")
        bob.rest()
        alice.socket.sendall(b"say \x1b[2J\x1b]0;pwned\x07hi\xc2\x9b31m \xe2\x80\xaeabc\r\n")
        bob.expect("Alice says", "hi")
        bob.rest()
        assert b"\x1b[2J" not in bob.raw and b"\x1b]0" not in bob.raw and b"\xc2\x9b" not in bob.raw
        assert b"\xe2\x80\xae" not in bob.raw


def test_a_reader_who_stops_is_cut_off_and_others_are_not():
    with Server(config="[limits]\noutput_kib = 64\n") as server:
        alice = Client(server.port()).create("alice")
        deaf = raw(server)
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        feed(deaf, b"create mallory correct-horse\r\n")
        alice.expect("Mallory wakes up.")
        before = server.rss_kib()
        heard = b""
        for _ in range(2000):
            alice.send("say " + "x" * 3000)
            heard += alice.socket.recv(1 << 20)
            if b"stares" in heard:
                break
        heard += drain(alice.socket)
        assert b"Mallory stares into space" in heard
        alice.rest()
        assert server.rss_kib() - before < 20_000, server.rss_kib() - before
        still_plays(server, alice)


def test_half_open_and_silent_peers_go():
    with Server(config="[limits]\nlogin_grace_seconds = 5\n") as server:
        silent = raw(server)
        began = time.monotonic()
        silent.settimeout(20)
        while silent.recv(65536):
            pass
        assert time.monotonic() - began < 15


if __name__ == "__main__":
    main(test_attacks_before_login_cost_little, test_attacks_from_within_the_world_cost_little,
         test_escapes_in_speech_do_not_reach_others, test_a_reader_who_stops_is_cut_off_and_others_are_not,
         test_half_open_and_silent_peers_go)
