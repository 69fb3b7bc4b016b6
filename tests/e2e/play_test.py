#!/usr/bin/env python3
"""Two people play the town: what each of them sees."""
from gyre import Client, Server, main


def test_a_quest_from_the_first_login_to_the_whistle():
    with Server() as server:
        alice = Client(server.port()).create("alice")
        alice.expect("Market square", "Ways out:")
        alice.does("look at sign", "NEW HERE?")
        alice.does("n", "The Blue Whale")
        alice.does("take lamp", "You take the brass lamp.")
        alice.does("down", "The cellar door is shut.")
        alice.does("open door", "You open the cellar door.")
        alice.does("down", "It is pitch dark.")
        alice.does("light lamp", "You light the brass lamp.")
        alice.does("look", "Tavern cellar", "iron box")
        alice.does("open box", "The iron box is locked.")
        for step in ("u", "s", "s", "e", "e", "u"):
            alice.send(step)
        alice.expect("Lantern room", "small key")
        alice.does("take key", "You take the small key.")
        for step in ("d", "w", "w", "n", "n", "d"):
            alice.send(step)
        alice.expect("Tavern cellar")
        alice.does("unlock box with key", "You unlock the iron box with")
        alice.does("open it", "You open the iron box.")
        alice.does("take whistle from box", "You take the silver whistle from the iron box.")
        alice.does("blow whistle", "You blow the silver whistle")
        alice.does("i", "You carry", "whistle")
        alice.does("quit", "")
        assert alice.closed()


def test_two_people_see_what_the_other_does():
    with Server() as server:
        alice = Client(server.port()).create("alice")
        bob = Client(server.port()).create("bob")
        alice.expect("Bob wakes up.")
        bob.rest()
        alice.does("say hello {who} there", 'You say, "hello {who} there"')
        bob.expect('Alice says, "hello {who} there"')
        alice.does("emote waves.", "Alice waves.")
        bob.expect("Alice waves.")
        bob.does("n", "The Blue Whale")
        alice.expect("Bob leaves north.")
        alice.does("tell bob psst", 'You tell Bob, "psst"')
        bob.expect('Alice tells you, "psst"')
        bob.does("take lamp", "You take the brass lamp.")
        bob.does("s", "Market square")
        alice.expect("Bob arrives from the north.")
        bob.does("give lamp to alice", "You give the brass lamp to Alice.")
        alice.expect("Bob gives the brass lamp to you.")
        alice.does("drop lamp", "You drop the brass lamp.")
        bob.expect("Alice drops the brass lamp.")
        bob.does("who", "2 here:", "Alice", "Bob")
        bob.close()
        alice.expect("Bob stares into space.")
        bob = Client(server.port()).connect("bob")
        alice.expect("Bob is attentive again.")
        bob.does("quit", "Goodbye.")
        alice.expect("Bob falls asleep")


def test_the_people_who_live_there_answer():
    with Server() as server:
        alice = Client(server.port()).create("alice")
        alice.does("n", "The Blue Whale")
        alice.expect('Marta says, "Come in, come in.')
        alice.does("say where is the key?", 'Marta says, "The box came with the house.')


def test_supper_is_paid_for_and_eaten_on_the_settle():
    with Server() as server:
        alice = Client(server.port()).create("alice")
        bob = Client(server.port()).create("bob")
        alice.does("search fountain", "and find eight coins.")
        bob.expect("Alice searches the leaves in the fountain and finds eight coins.")
        alice.does("give 3 coins to bob", "You give three coins to Bob.")
        bob.expect("Alice gives three coins to you.")
        for client in (alice, bob):
            client.does("n", "The Blue Whale")
        alice.does("list", "onion stew")
        alice.does("buy stew", "You buy an onion stew from Marta for two coins.")
        bob.expect("Alice buys an onion stew from Marta for two coins.")
        alice.does("sit on settle", "You sit down on the settle.")
        bob.does("look", "Alice is sitting on the settle.")
        alice.does("eat stew", "You eat some of the onion stew.")
        bob.does("smile at alice", "You smile at Alice.")
        alice.expect("Bob smiles at you.")
        alice.does("coins", "You have three coins.")
        alice.does("s", "You stand up.", "Market square")
        bob.expect("Alice stands up.", "Alice leaves south.")


def test_nonsense_gets_a_helpful_answer():
    with Server() as server:
        alice = Client(server.port()).create("alice")
        alice.rest()
        alice.does("lok", "look")
        alice.does("take lamp", "lamp")
        alice.does("take", "?")
        alice.does("xyzzy", "xyzzy")
        alice.does("go up", "There is no way up")
        alice.does("take marta", "no")
        alice.does("help", "What you can do")
        alice.does("help look", "look")


def test_what_is_done_is_still_done_after_a_restart():
    with Server() as server:
        alice = Client(server.port()).create("alice")
        alice.does("n", "The Blue Whale")
        alice.does("take mug from table", "You take the clay mug from the oak table.")
        alice.does("light lamp", "You light the brass lamp.")
        assert server.stop() == 0
        server.start()
        alice = Client(server.port()).connect("alice")
        alice.expect("The Blue Whale")
        alice.does("i", "You carry a clay mug.")
        alice.does("look at lamp", "It is burning.")
        alice.does("blow out lamp", "You put out the brass lamp.")
        server.kill()
        server.start()
        alice = Client(server.port()).connect("alice")
        alice.does("look at lamp", "It is not lit.")


if __name__ == "__main__":
    main(test_a_quest_from_the_first_login_to_the_whistle, test_two_people_see_what_the_other_does,
         test_the_people_who_live_there_answer, test_supper_is_paid_for_and_eaten_on_the_settle,
         test_nonsense_gets_a_helpful_answer,
         test_what_is_done_is_still_done_after_a_restart)
