#!/usr/bin/env python3
"""Kills a server under load again and again, and looks whether it kept its word.

usage: torture.py [--power] [--unsynced] [--seed N] [ROUNDS]

Each round: several players change the world as fast as they are answered; at a random instant the server is
killed (kill -9), or, with --power, its disk loses what was not yet synchronised, in part or torn. After the
restart every change that was answered must be there, and none by halves. With --unsynced the server does not
wait for its disk; then --power is expected to find losses (exit code 1), which shows that it would.
"""
import argparse
import os
import pathlib
import random
import re
import select
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests" / "e2e"))
import gyre  # noqa: E402

PLAYERS = 8
CONFIG = """
[storage]
fold_after_ms = 40
checkpoint_pages = 100
"""


class Player:
    """One character: what it asked for, and what it was told."""

    def __init__(self, number):
        self.name = f"kid{chr(97 + number)}"
        self.sent = self.marks = 0  # Marks asked for, marks answered.
        self.pebbles = self.pebbles_sent = 0
        self.created = False

    def join(self, port):
        self.client = gyre.Client(port)
        if self.created:
            self.client.connect(self.name)
        else:
            self.client.create(self.name)
            self.created = True
        return self

    def recall(self):
        answer = self.client.does("recall", "Recall ", ".")
        answer = re.sub(r"\s+", " ", answer)
        found = re.search(r"Recall (-?\d+) token (\w+) log (\w+) pebbles (\d+) good (-?\d+)", answer)
        return int(found[1]), found[2], found[3], int(found[4]), int(found[5])

    def next(self):
        roll = random.random()
        if roll < 0.15:
            self.pebbles_sent += 1
            line = f"pebble p{self.pebbles_sent}"
        elif roll < 0.25:
            line = "waver never"
        else:
            self.sent += 1
            line = f"mark t{self.sent}"
        self.client.send(line)

    def hear(self):
        """Reads answers; asks again after each. False when the line is dead."""
        before = len(self.client.raw)
        try:
            if not self.client.read_more(0):
                return len(self.client.raw) > before or not self.dead()
        except OSError:
            return False
        text = gyre.plain(self.client.raw)
        for answer in re.finditer(r"Mark (\d+)\.|Pebble (p\d+)\.|You think better of it\.", text[self.client.seen:]):
            if answer[1]:
                self.marks = int(answer[1])
            elif answer[2]:
                self.pebbles += 1
            end = answer.end()
            try:
                self.next()
            except OSError:
                pass
        if "end" in locals():
            self.client.seen += end
        return True

    def dead(self):
        return bool(select.select([self.client.socket], [], [], 0)[0])


class Count:
    answered = kept = lost = half = 0


def check(player, count):
    marks, token, logged, pebbles, good = player.recall()
    if marks < player.marks or pebbles < player.pebbles:
        count.lost += 1
        print(f"LOST {player.name}: answered {player.marks} marks and {player.pebbles} pebbles, "
              f"kept {marks} and {pebbles}", flush=True)
    if marks > player.sent or pebbles > player.pebbles_sent:
        count.lost += 1
        print(f"TOO MANY {player.name}: asked for {player.sent}, kept {marks}", flush=True)
    if (marks and token != f"t{marks}") or good != pebbles or token == "never":
        count.half += 1
        print(f"HALF DONE {player.name}: {marks} marks, token {token}, {pebbles} pebbles, {good} whole", flush=True)
    count.kept += marks - player.marks
    player.sent = player.marks = marks
    player.pebbles = player.pebbles_sent = pebbles


def load(server, players, seconds):
    """Players play until the time is up, then the server is killed; or until it dies by itself."""
    before = sum(player.marks + player.pebbles for player in players)
    for player in players:
        player.next()
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.process.poll() is None:
        sockets = {player.client.socket: player for player in players}
        for ready in select.select(list(sockets), [], [], 0.02)[0]:
            sockets[ready].hear()
    if server.process.poll() is None:
        server.kill()
    for player in players:  # What was told before the end was told.
        while player.hear() and select.select([player.client.socket], [], [], 0.02)[0]:
            if player.dead() and not player.client.read_more(0):
                break
        player.client.close()
    return sum(player.marks + player.pebbles for player in players) - before


def power_of(options, number):
    env = {"GYRE_UNSYNCED": "1"} if options.unsynced else {}
    if not options.power:
        return env
    return {**env, "GYRE_POWER_CUT": f"seed={options.seed + number},writes={random.randint(20, 400)}"}


def start(server, env):
    server.env = {**os.environ, **env}
    return server.start()


def ended(server):
    """Whether the server went by itself, if need be in a moment."""
    try:
        server.process.wait(3)
        return True
    except subprocess.TimeoutExpired:
        return False


def torture(options):
    random.seed(options.seed)
    players = [Player(number) for number in range(PLAYERS)]
    count = Count()
    server = gyre.Server(scripts="trial", config=CONFIG)
    try:
        start(server, {})
        for player in players:
            player.join(server.port()).client.close()
        server.stop()
        for number in range(options.rounds):
            try:
                start(server, power_of(options, number))
                for player in players:
                    player.join(server.port())
                count.answered += load(server, players, random.uniform(0.05, 0.6))
            except (RuntimeError, OSError, AssertionError):
                if not ended(server):
                    raise
                # The power went while they were still coming in, or while the world started.
                for player in players:
                    player.client.close()
            try:
                start(server, {})
            except RuntimeError as error:
                count.lost += 1
                print(f"DAMAGED: the world does not start again: {str(error).strip().splitlines()[-1]}", flush=True)
                break
            for player in players:
                check(player.join(server.port()), count)
                player.client.close()
            if server.stop() != 0:
                count.lost += 1
                print("the server did not end well", flush=True)
    finally:
        server.__exit__(None)
    kind = "power cuts" if options.power else "kills"
    print(f"{options.rounds} {kind}: {count.answered} answered changes, {count.lost} lost, {count.half} half-done, "
          f"{count.kept} kept though unanswered")
    return 1 if count.lost or count.half else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("rounds", nargs="?", type=int, default=25, metavar="ROUNDS")
    parser.add_argument("--power", action="store_true", help="cut the power of the disk instead of killing")
    parser.add_argument("--unsynced", action="store_true", help="do not wait for the disk: losses are expected")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 30))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    sys.exit(torture(options))


if __name__ == "__main__":
    main()
