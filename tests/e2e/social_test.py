#!/usr/bin/env python3
"""People among themselves: channels, dropped connections, and wizards who keep the peace."""
import subprocess

from gyre import BINARY, Client, Server, main


def wizard(server, name="wanda", password="correct horse"):
    """A wizard whose rights are on."""
    client = Client(server.port()).create(name, password)
    subprocess.run([str(BINARY), "account", "role", name, "wizard", "--world", str(server.dir)], check=True,
                   capture_output=True)
    client.rest()
    client.does("wizard on", "Password: ")
    client.does(password, "are on for half an hour")
    return client


def test_a_dropped_connection_misses_nothing():
    with Server() as server:
        alice = Client(server.port()).create("alice")
        bob = Client(server.port()).create("bob")
        bob.does("join public", "You are on public now")
        alice.does("chat evening all", "[public] Alice: evening all")
        bob.close()
        alice.expect("Bob stares into space.")
        alice.does("tell bob Still there?", "Bob has lost the connection")
        alice.does("public He is gone.", "[public] Alice: He is gone.")
        alice.does("who", "Bob (link lost)")
        bob = Client(server.port())
        bob.send("connect bob correct horse")
        text = bob.expect("[You missed, less than a minute ago]", 'Alice tells you, "Still there?"',
                          "[public] Alice: He is gone.", "[That is all]", "Welcome back, Bob.", "Market square")
        assert "evening all" not in text
        second = Client(server.port())
        second.send("connect bob correct horse")
        second.expect("[The last lines of your other session]", "Market square", "[That is all]")
        second.does("set width 40", "Lines are now 40 columns wide.")
        second.does("set brief on", "brief is on now.")
        second.does("set colours", "Type: set colours off|16|256|true")
        second.does("settings brief", "brief is on.")
        bob.does("quit", "Goodbye.")
        second.does("quit", "Goodbye.")
        alice.expect("Bob falls asleep")


def test_a_further_session_looks_around_by_itself():
    with Server() as server:
        alice = Client(server.port()).create("alice")
        bob = Client(server.port()).create("bob")
        alice.rest()
        bob.does("title x", "You are listed as Bob x.")
        second = Client(server.port())
        second.send("connect alice correct horse")
        second.expect("Market square", "Ways out")
        text = alice.expect("You are connected once more, by telnet.")
        alice.does("who", "Bob x")
        assert "Market square" not in text + alice.rest()
        assert "Alice" not in bob.rest()


def test_a_ban_ends_sessions_and_closes_the_door():
    with Server() as server:
        wanda = wizard(server)
        bob = Client(server.port()).create("bob")
        bob.does("report wanda she is too strict", "Thank you: report 1.")
        wanda.expect("Report 1 of Bob about Wanda: she is too strict")
        wanda.does("mute bob 5 because he whines", "Bob is silenced for 5 minutes.")
        bob.does("say oh", "You are silenced for")
        wanda.does("boot bob because he whines", "Bob is gone.")
        bob.expect("You were sent away: he whines.")
        assert bob.closed()
        bob = Client(server.port()).connect("bob")
        wanda.does("ban bob 2 days because he spams", "bob is banned for 2 days.")
        bob.expect("You are banned from this world until", "UTC: he spams.")
        assert bob.closed()
        bob = Client(server.port())
        bob.does("connect bob wrong password", "there is nobody of that name with that password")
        bob.does("connect bob correct horse", "You are banned from this world until", "he spams.")
        assert bob.closed()
        assert server.stop() == 0
        server.start()
        bob = Client(server.port())
        bob.does("connect bob correct horse", "You are banned from this world until")
        wanda = Client(server.port()).connect("wanda")
        wanda.does("unban bob", "Your rights as a wizard are off")
        wanda.does("wizard on", "Password: ")
        wanda.does("correct horse", "are on for half an hour")
        wanda.does("unban bob", "bob may come again.")
        wanda.does("wizlog", "Wanda", "booted", "Wanda", "banned", "Wanda", "unbanned")
        bob = Client(server.port()).connect("bob")
        wanda.does("ban 127.0.0.0/8", "127.0.0.0/8 is banned for ever.")
        bob.expect("You are banned from this world.")
        assert bob.closed()
        wanda.does("bans", "127.0.0.0/8", "for ever", "Wanda")


def test_the_world_stops_when_a_wizard_says_so():
    with Server() as server:
        wanda = wizard(server)
        alice = Client(server.port()).create("alice")
        wanda.does("shutdown in 5 because of moths", "The world stops in 5 minutes: of moths.")
        alice.expect("The world stops in 5 minutes: of moths.")
        wanda.does("shutdown cancel", "The world goes on")
        alice.expect("The world goes on")
        alice.does("shutdown in 0", "I do not know how to 'shutdown'")
        wanda.send("shutdown in 0 because it is late")
        alice.expect("The world stops now.")
        assert alice.closed() and wanda.closed()
        assert server.process.wait(20) == 0
        assert "stops by a wizard's wish" in server.read_log()


main(test_a_dropped_connection_misses_nothing, test_a_further_session_looks_around_by_itself,
     test_a_ban_ends_sessions_and_closes_the_door,
     test_the_world_stops_when_a_wizard_says_so)
