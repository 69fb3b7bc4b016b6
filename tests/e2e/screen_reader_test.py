#!/usr/bin/env python3
"""What a screen reader gets of everything that the core shows: plain lines, one fact each, no columns, boxes or colours."""
import re

from gyre import Client, Server, main

SECRET = "correct horse"
ANY = object()  # One line, whatever it says.

# What is typed, and the lines that answer it. The places and things are the demo world's.
TABLE = (
    ("look", ["Title: Market square", ANY, "Ways out: south, west, east and north.", "A fountain and a wooden sign are here.",
              "Bob is here."]),
    ("look at fountain", [ANY]),
    ("look at bob", ["Bob is not dressed to be remembered."]),
    ("read sign", [ANY]),
    ("inventory", ["You carry nothing."]),
    ("who", ["2 here:", "Bob", "Alice"]),
    ("say hello", ['You say, "hello"']),
    ("tell bob hi", ['You tell Bob, "hi"']),
    ("emote waves", ["Alice waves"]),
    ("smile", ["You smile."]),
    ("group", ["You are in no group. Say group invite NAME to begin one, or group join when you were invited."]),
    ("ignore", [ANY]),
    ("coins", [ANY]),
    ("afk", [ANY]),
    ("channels", ["channel: public", "you are on it: no", "people: 0", "topic: Anything at all",
                  "channel: questions", "you are on it: no", "people: 0", "topic: How does one do that?", ANY]),
    ("join public", ["You are on public now: Anything at all."]),
    ("chat hello", ["[public] Alice: hello"]),
    ("last public", [ANY]),
    ("channel public", ["Title: public", "Anything at all", "On it: Alice."]),
    ("settings", ["setting: brief", "is: off", ANY, "setting: pay", "is: 0", ANY, "setting: tells", "is: on", ANY,
                  "setting: followers", "is: on", ANY, "setting: invitations", "is: on", ANY, ANY]),
    ("help", ["Title: What you can do", *[ANY] * 9]),
    ("help look", [ANY] * 8),
    ("gestures", [ANY] * 2),
    ("wibble", ["I do not know how to 'wibble'."]),
    ("take fountain", [ANY]),
    ("north", ["Title: The Blue Whale", ANY, "Ways out: down, up and south.", ANY, "Marta is here.", ANY]),
    ("take lamp", ["You take the brass lamp."]),
    ("inventory", ["You carry a brass lamp."]),
    ("list", ["Marta sells:", "goods: onion stew", "coins: 2", "goods: small ale", "coins: 1", "Say buy and what you want."]),
    ("look on table", [ANY, "On the oak table is a clay mug."]),
    ("south", ["Title: Market square", ANY, ANY, ANY, "Bob is here."]),
    ("east", ["Title: Market row", ANY, ANY, ANY]),
    ("read board", [ANY]),
    ("post Lost cat on board", ["Your notice", ANY]),
    ("He is black.", []),
    (".", ["You pin a notice to the notice board."]),
    ("read board", ["1", "title: Lost cat", "by: Alice", ANY]),
    ("read 1 on board", ["Title: Lost cat", "", ANY, "", "He is black."]),
    ("quit", ["Goodbye."]),
)

COLUMNS = re.compile(r"\S {2,}\S|\t")
BOXES = re.compile(r"[|+*=_~#\u2500-\u25ff]|-{2,}")


def answer(client, line):
    client.send(line)
    said = client.rest(0.4).replace("\r\n", "\n")
    assert said.endswith("> ") or line == "quit", f"{line}: no prompt: {said!r}"
    return said.removesuffix("> ").split("\n")[:-1]


def check(line, lines, expected):
    assert len(lines) == len(expected) and all(want in (ANY, got) for got, want in zip(lines, expected)), \
        f"{line}: got {lines}"
    for got in lines:
        assert not COLUMNS.search(got), f"{line}: columns in {got!r}"
        assert not BOXES.search(got) or line.startswith("help") or line == "gestures", f"{line}: a box in {got!r}"


def test_every_output_of_the_core_is_plain_lines():
    with Server() as server:
        bob = Client(server.port()).create("Bob")
        client = Client(server.port())
        client.expect("What is your name? ")
        client.does("screenreader on", "Screen reader mode is on", "What is your name? ")
        client.does(f"create Alice {SECRET}", "Welcome", "> ")
        client.does("colours true", "> ")
        client.does("links on", "> ")
        begun = len(client.raw)
        for line, expected in TABLE:
            check(line, answer(client, line), expected)
        assert b"\x1b" not in client.raw[begun:], "an escape sequence"
        bob.close()


def test_what_others_do_does_not_repeat_the_prompt():
    with Server() as server:
        client = Client(server.port())
        client.does("screenreader on", "Screen reader mode is on", "What is your name? ")
        client.does(f"create Alice {SECRET}", "Welcome", "> ")
        other = Client(server.port()).create("Bob")
        other.does("say one", "You say")
        other.does("say two", "You say")
        heard = client.rest()
        assert 'Bob says, "one"\r\nBob says, "two"\r\n' in heard and "> " not in heard, heard


if __name__ == "__main__":
    main(test_every_output_of_the_core_is_plain_lines, test_what_others_do_does_not_repeat_the_prompt)
