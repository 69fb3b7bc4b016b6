#!/usr/bin/env python3
"""GMCP from end to end: TinTin++, and a client of our own that keeps every message."""
import json
import pathlib
import re

from clients_test import Terminal, log_in, program
from gyre import Client, PATIENCE, ROOT, Server, main

OPTION = b"\xc9"
MESSAGE = re.compile(rb"\xff\xfa\xc9((?:[^\xff]|\xff\xff)*)\xff\xf0", re.S)


class GmcpClient(Client):
    """Agrees to GMCP and asks for modules."""

    def __init__(self, port, *modules):
        super().__init__(port)
        self.taken = 0
        self.socket.sendall(b"\xff\xfd" + OPTION)
        self.gmcp("Core.Hello", {"client": "test", "version": "1"})
        self.gmcp("Core.Supports.Set", [f"{module} 1" for module in modules])

    def gmcp(self, name, body=None):
        text = name if body is None else f"{name} {json.dumps(body)}"
        self.socket.sendall(b"\xff\xfa" + OPTION + text.encode() + b"\xff\xf0")

    def messages(self):
        """[(name, body)] of all that came so far."""
        found = []
        for match in MESSAGE.finditer(self.raw):
            name, _, body = match[1].decode().partition(" ")
            found.append((name, json.loads(body) if body else None))
        return found

    def wait_for(self, name, fits=lambda body: True):
        """The body of the next message of that name that fits; those before it are passed over."""
        while True:
            messages = self.messages()
            for at in range(self.taken, len(messages)):
                if messages[at][0] == name and fits(messages[at][1]):
                    self.taken = at + 1
                    return messages[at][1]
            if not self.read_more(PATIENCE):
                raise AssertionError(f"no {name}; there came {messages[self.taken:]}")


def test_rooms_things_and_people():
    with Server() as server:
        alice = GmcpClient(server.port(), "Char", "Char.Items", "Room", "Comm.Channel")
        alice.create("alice")
        assert alice.wait_for("Char.Name")["name"] == "Alice"
        square = alice.wait_for("Room.Info")
        assert square["name"].lower() == "market square" and square["num"] > 0 and square["exits"]["n"], square
        assert square["environment"] == "outdoors", square
        bob = GmcpClient(server.port(), "Room")
        bob.create("bob")
        # She has typed nothing: she is told since she perceives him.
        assert alice.wait_for("Room.AddPlayer") == {"name": "Bob", "fullname": "Bob"}
        bob.wait_for("Room.Players", lambda players: players == [{"name": "Alice", "fullname": "Alice"}])
        alice.send("north")
        inn = alice.wait_for("Room.Info")
        assert inn["num"] == square["exits"]["n"] and inn["exits"]["s"] == square["num"], inn
        assert bob.wait_for("Room.RemovePlayer") == "Alice"
        things = alice.wait_for("Char.Items.List", lambda body: body["location"] == "room")["items"]
        lamp = next(thing for thing in things if thing["name"] == "a brass lamp")
        assert "t" in lamp["attrib"], lamp
        alice.send("take lamp")
        assert alice.wait_for("Char.Items.Add")["item"]["id"] == lamp["id"]
        alice.wait_for("Char.Items.Remove", lambda body: body["item"]["id"] == lamp["id"])
        alice.send("go southwest")
        assert alice.wait_for("Room.WrongDir") == "sw"
        alice.send("join public")
        alice.wait_for("Comm.Channel.List", lambda body: any(channel["name"] == "public" for channel in body))
        bob.send("chat hello there")
        said = alice.wait_for("Comm.Channel.Text")
        assert said == {"channel": "public", "talker": "Bob", "text": "[public] Bob: hello there"}, said
        alice.gmcp("Core.Ping")
        alice.wait_for("Core.Ping")
        bob.send("quit")
        assert bob.wait_for("Core.Goodbye") == "Goodbye."


def test_login_by_gmcp():
    with Server() as server:
        Client(server.port()).create("alice").close()
        client = GmcpClient(server.port(), "Char.Login", "Char")
        assert client.wait_for("Char.Login.Default") == {"type": ["password-credentials"]}
        client.gmcp("Char.Login.Credentials", {"account": "alice", "password": "wrong"})
        assert client.wait_for("Char.Login.Result")["success"] is False
        client.gmcp("Char.Login.Credentials", {"account": "alice", "password": "correct horse"})
        assert client.wait_for("Char.Login.Result") == {"success": True}
        assert client.wait_for("Char.Name")["name"] == "Alice"


def test_vitals_of_a_script_and_downloads():
    server = Server(config='[client]\npackage = "https://example.org/gyre.mpackage"\npackage_version = "7"\n')
    player = (ROOT / "scripts" / "core" / "player.lua").read_text()
    (server.dir / "scripts" / "player.lua").write_text(
        player.replace("  return {}\n", "  return {hp = 10 - #self:contents(), maxhp = 10}\n"))
    with server:
        client = GmcpClient(server.port(), "Char.Vitals", "Client.GUI")
        client.create("alice")
        assert client.wait_for("Client.GUI") == {"version": "7", "url": "https://example.org/gyre.mpackage"}
        assert client.wait_for("Char.Vitals") == {"hp": 10, "maxhp": 10}
        client.send("north")
        client.send("take lamp")
        assert client.wait_for("Char.Vitals") == {"hp": 9, "maxhp": 10}


def test_nothing_before_the_login_and_nothing_unasked():
    with Server() as server:
        client = GmcpClient(server.port(), "Room", "Char.Items")
        client.gmcp("Core.Ping")
        client.wait_for("Core.Ping")
        assert [name for name, _ in client.messages()] == ["Core.Ping"], client.messages()
        other = Client(server.port()).create("otto")
        other.does("look", "Market square")
        assert b"\xff\xfa" + OPTION not in other.raw


def test_tintin():
    with Server() as server:
        script = pathlib.Path(server.dir) / "gmcp.tin"
        agree = r"#send {\xFF\xFD\xC9\}"
        ask = r'#send {\xFF\xFA\xC9Core.Supports.Set [ "Room 1" ]\xFF\xF0\}'
        script.write_text(
            f"#event {{IAC WILL GMCP}} {{{agree};{ask}}}\n"
            "#event {IAC SB GMCP Room.Info IAC SE} {#showme {it knows: %0}}\n"
            f"#session {{town}} {{127.0.0.1}} {{{server.port()}}}\n")
        home = pathlib.Path(server.dir) / "home"
        home.mkdir(exist_ok=True)
        terminal = Terminal(program("tt++"), "-G", script, env={"HOME": str(home)})
        try:
            log_in(terminal, "tina")
            terminal.type("north")
            terminal.expect("it knows: ", "Blue Whale")
        finally:
            terminal.close()


if __name__ == "__main__":
    main(test_rooms_things_and_people, test_login_by_gmcp, test_vitals_of_a_script_and_downloads,
         test_nothing_before_the_login_and_nothing_unasked, test_tintin)
