#!/usr/bin/env python3
"""A slow disk, a full disk, a disk that loses its power: what players see then."""
import resource
import time

from gyre import Client, Server, main


def slow(milliseconds):
    return f"[storage]\nslow_disk_ms = {milliseconds}\n"


def test_nothing_is_visible_before_its_commit():
    for delay in (20, 200):
        with Server(scripts="trial", config=slow(delay)) as server:
            alice = Client(server.port()).create("alice")
            bob = Client(server.port()).create("bob")
            time.sleep(3 * delay / 1000 + 0.2)
            alice.rest(), bob.rest()
            began = time.monotonic()
            alice.does("mark a", "Mark 1.")
            waited = time.monotonic() - began
            assert waited >= delay / 1000, f"answered after {waited * 1000:.0f} ms on a disk of {delay} ms"
            # Bob reads nothing of it and need not wait.
            alice.send("mark b")
            began = time.monotonic()
            bob.does("look", "Trial square")
            assert time.monotonic() - began < delay / 1000 / 2 + 0.05
            # What he does read must wait for it.
            alice.expect("Mark 2.")
            alice.send("pebble p")
            time.sleep(0.005)
            began = time.monotonic()
            bob.does("look", "pebble")
            assert time.monotonic() - began >= delay / 1000 / 2, "a pebble was seen before it was on disk"
            # Order is kept, also where the later answer needs nothing.
            alice.send("mark c")
            alice.send("look")
            alice.expect("Mark 3.", "Trial square")


def test_a_slow_disk_groups_commits_and_keeps_memory_bounded():
    with Server(scripts="trial", config=slow(200)) as server:
        players = [Client(server.port()).create(f"kid{chr(97 + n)}") for n in range(8)]
        time.sleep(1)
        before = server.rss_kib()
        began = time.monotonic()
        for player in players:
            player.socket.sendall(b"mark x\r\n" * 200)
        for player in players:
            player.expect("Mark 200.", patience=60)
        seconds = time.monotonic() - began
        assert seconds < 60, seconds
        assert 1600 / seconds > 30, "one command for each commit would be 5 a second"
        assert server.rss_kib() - before < 64 * 1024, server.rss_kib() - before


def test_a_disk_that_is_full_stops_the_world_with_74():
    with Server(scripts="trial") as server:
        alice = Client(server.port()).create("alice")
        alice.rest()
        pid = server.process.pid
        size = (server.dir / "world.db-wal").stat().st_size
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size + 20_000, size + 20_000))
        answered = 0
        try:
            for number in range(200):
                alice.does(f"mark t{number}", f"Mark {number + 1}.")
                answered = number + 1
        except (AssertionError, OSError):
            pass
        assert server.process.wait(20) == 74, server.process.returncode
        assert "cannot be saved" in alice.rest() or alice.raw, "somebody should have said why"
        server.start()
        alice = Client(server.port()).connect("alice")
        kept = int(alice.does("recall", "Recall ", " token").split("Recall ")[1].split()[0])
        assert kept >= answered, f"{answered} were answered, {kept} kept"



if __name__ == "__main__":
    main(test_nothing_is_visible_before_its_commit, test_a_slow_disk_groups_commits_and_keeps_memory_bounded,
         test_a_disk_that_is_full_stops_the_world_with_74)
