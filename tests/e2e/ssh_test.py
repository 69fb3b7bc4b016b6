#!/usr/bin/env python3
"""The town by SSH: OpenSSH (password, keyboard-interactive, keys, exec, pipes, rekeying), plink, paramiko, ssh-audit."""
import os
import pathlib
import re
import socket
import subprocess
import sys
import time

from clients_test import Terminal, program
from gyre import Client, Server, main, plain

SECRET = "hunter2horse"
SSH_OPTIONS = ["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR",
               "-F", "none"]


def town(config=""):
    return Server(listen=("ssh://127.0.0.1:0", "telnet://127.0.0.1:0"), config=config)


def ssh(server, *arguments, name="sally", options=(), secret=SECRET, typed=b""):
    """Runs OpenSSH without a terminal; arguments are the command. The password comes from a program."""
    ask = pathlib.Path(server.dir) / "askpass"
    ask.write_text(f"#!/bin/sh\necho '{secret}'\n")
    ask.chmod(0o700)
    env = {**os.environ, "SSH_ASKPASS": str(ask), "SSH_ASKPASS_REQUIRE": "force", "DISPLAY": "none"}
    command = [program("ssh"), *SSH_OPTIONS, *options, "-p", str(server.port("ssh")), f"{name}@127.0.0.1", *arguments]
    return subprocess.run(command, input=typed, env=env, capture_output=True, timeout=60)


def with_sally(server):
    Client(server.port()).create("sally", SECRET).does("quit", "Goodbye")


def on_terminal(server, name, *options):
    return Terminal(program("ssh"), "-tt", "-o", "LogLevel=INFO", *SSH_OPTIONS, *options, "-p", server.port("ssh"), f"{name}@127.0.0.1")


def test_a_newcomer_makes_an_account_and_plays():
    with town() as server:
        terminal = on_terminal(server, "nora", "-o", "PreferredAuthentications=keyboard-interactive")
        try:
            terminal.expect("Nobody here is called nora yet", "New password:")
            terminal.type(SECRET)
            terminal.expect("The same again:")
            terminal.type(SECRET)
            terminal.expect("Welcome, Nora", "Market square", "> ")
            terminal.type("north")
            terminal.expect("The Blue Whale", "> ")
            other = Client(server.port()).create("bob")
            other.does("north", "The Blue Whale")
            # What others do while she types comes above her line.
            os.write(terminal.fd, b"say hel")
            terminal.expect("say hel")
            other.does("say Hello Nora", "You say")
            terminal.expect('Bob says, "Hello Nora"', "> say hel")
            os.write(terminal.fd, b"lo\r")
            other.expect('Nora says, "hello"')
            os.write(terminal.fd, b"\x1b[A\r")  # The line before, from the history.
            other.expect('Nora says, "hello"')
            os.write(terminal.fd, b"\x04")
            terminal.expect("Goodbye", "closed")
            assert SECRET not in terminal.screen, "the password was shown"
        finally:
            terminal.close()


def test_two_passwords_that_differ_are_asked_for_again():
    with town() as server:
        terminal = on_terminal(server, "nora", "-o", "PreferredAuthentications=keyboard-interactive")
        try:
            for answers in (("one horse", "two horses"), ("short", "short"), (SECRET, SECRET)):
                for question, answer in zip(("password:", "again:"), answers):
                    terminal.expect(question)
                    terminal.type(answer)
            terminal.expect("Welcome, Nora")
        finally:
            terminal.close()


def test_commands_have_an_exit_status():
    with town() as server:
        with_sally(server)
        for method in ("password", "keyboard-interactive"):
            done = ssh(server, "look", options=("-o", f"PreferredAuthentications={method}"))
            assert done.returncode == 0 and done.stdout.startswith(b"Market square\n"), done
            assert b"\r" not in done.stdout and b"\x1b" not in done.stdout and b"Welcome" not in done.stdout, done
        done = ssh(server, "go nowhere")
        assert done.returncode == 1 and b"no way" in done.stdout, done
        done = ssh(server, "x" * 5000)
        assert done.returncode == 2 and b"too long" in done.stdout, done
        done = ssh(server, "look", secret="wrong")
        assert done.returncode == 255 and b"Permission denied" in done.stderr, done


def test_a_command_concerns_nobody_else():
    with town() as server:
        with_sally(server)
        bob = Client(server.port()).create("bob")
        bob.does("who", "1 here:")
        assert b"Market square" in ssh(server, "look").stdout
        bob.does("title x", "You are listed as Bob x.")
        sally = Client(server.port())
        sally.send("connect sally " + SECRET)
        sally.expect("Welcome, Sally", "Ways out")
        bob.expect("Sally wakes up.")
        ssh(server, "look")
        bob.does("title y", "You are listed as Bob y.")
        assert "Sally" not in bob.rest()
        sally.does("title z", "You are listed as Sally z.")
        seen = plain(sally.raw)
        assert "once more" not in seen and seen.count("Ways out") == 2, seen


def test_a_pipe_plays_line_by_line():
    with town() as server:
        with_sally(server)
        done = ssh(server, typed=b"north\r\ntake lamp\ninventory", options=("-T",))
        text = done.stdout.decode()
        assert done.returncode == 0 and "You take the brass lamp." in text and "You carry a brass lamp" in text, text
        assert "> " not in text and "\r" not in text, text


def test_a_pipe_may_bring_more_than_is_kept():
    with town() as server:
        with_sally(server)
        lines = [f"say {index} " + "x" * 3000 for index in range(300)]
        done = ssh(server, typed=("\n".join(lines) + "\n").encode(), options=("-T",))
        said = re.findall(rb'You say, "(\d+)\s', done.stdout)
        assert done.returncode == 0 and [int(number) for number in said] == list(range(300)), (done.returncode, said[-3:])


def test_keys_let_in_and_can_be_taken_away():
    with town() as server:
        with_sally(server)
        home = pathlib.Path(server.dir)
        for kind in ("ed25519", "rsa", "ecdsa"):
            subprocess.run([program("ssh-keygen"), "-q", "-t", kind, "-N", "", "-f", home / kind], check=True)
        lines = "".join(f"keys add {(home / f'{kind}.pub').read_text()}" for kind in ("ed25519", "rsa", "ecdsa"))
        done = ssh(server, typed=(lines + "keys list\n").encode(), options=("-T",))
        assert done.stdout.count(b"lets you in by SSH: SHA256:") == 3, done.stdout
        for kind in ("ed25519", "rsa", "ecdsa"):
            shown = subprocess.run([program("ssh-keygen"), "-lf", home / f"{kind}.pub"], capture_output=True, text=True)
            assert shown.stdout.split()[1] in done.stdout.decode(), shown.stdout
        by_key = ("-o", "PreferredAuthentications=publickey", "-o", "IdentitiesOnly=yes")
        for kind in ("ed25519", "rsa", "ecdsa"):
            done = ssh(server, "inventory", options=(*by_key, "-i", str(home / kind)), secret="none")
            assert done.returncode == 0, done
        # A restart forgets none, and a key that was removed opens nothing.
        server.stop()
        server.start()
        fingerprint = subprocess.run([program("ssh-keygen"), "-lf", home / "ed25519.pub"], capture_output=True).stdout.split()[1]
        ssh(server, typed=b"keys remove " + fingerprint + b"\n", options=("-T", *by_key, "-i", str(home / "rsa")))
        done = ssh(server, "look", options=(*by_key, "-i", str(home / "ed25519")))
        assert done.returncode == 255 and b"Permission denied" in done.stderr, done
        done = ssh(server, "look", options=(*by_key, "-i", str(home / "ecdsa")))
        assert done.returncode == 0, done


def test_a_key_makes_an_account_only_if_the_configuration_says_so():
    for allowed in ("false", "true"):
        with town(config=f"[ssh]\naccounts_by_key = {allowed}\n") as server:
            key = pathlib.Path(server.dir) / "key"
            subprocess.run([program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
            by_key = ("-o", "PreferredAuthentications=publickey", "-o", "IdentitiesOnly=yes", "-i", str(key))
            for _ in range(2):
                done = ssh(server, "look", name="keyla", options=by_key)
                assert (done.returncode == 0) == (allowed == "true"), done


def test_lines_about_broken_connections_are_thinned():
    """The log grows by one a second, however many there are, and tells how many were left out."""
    with town() as server:
        def break_one():
            with socket.create_connection(("127.0.0.1", server.port("ssh")), 20) as peer:
                peer.sendall(b"SSH-2.0-broken\r\n" + b"\xff" * 64)
                while peer.recv(4096):
                    pass

        for _ in range(20):
            break_one()
        time.sleep(1.1)
        break_one()
        counts = [int(count) for count in re.findall(r"the connection cannot go on .*skipped=(\d+)", server.read_log())]
        assert 2 <= len(counts) < 21, counts
        assert len(counts) + sum(counts) == 21, counts


def test_keys_are_exchanged_anew_under_way():
    with town() as server:
        with_sally(server)
        done = ssh(server, typed=b"look\n" * 1500, options=("-T", "-o", "RekeyLimit=64K"))
        assert done.returncode == 0 and done.stdout.count(b"Worn cobbles") == 1501, done.returncode


def test_subsystems_and_forwarding_are_refused():
    with town() as server:
        with_sally(server)
        done = ssh(server, "sftp", options=("-s",))
        assert done.returncode == 255 and b"subsystem request failed" in done.stderr, done
        done = ssh(server, "look", options=("-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:9"))
        assert done.returncode == 255 and b"forwarding failed" in done.stderr, done
        done = ssh(server, options=("-W", "127.0.0.1:9"))
        assert done.returncode == 255 and b"forwarding failed" in done.stderr, done
        refused = re.findall(r"ssh refused what=(\S+|\".*?\") address=127", server.read_log())
        assert refused == ['"a subsystem"', "forwarding", "forwarding"], refused


def test_older_clients_find_a_common_algorithm():
    """Twisted's client and libssh2 before 1.11 know no MAC over what is encrypted already, and no AEAD."""
    with town() as server:
        with_sally(server)
        older = ("-o", "Ciphers=aes256-ctr", "-o", "MACs=hmac-sha2-256")
        assert ssh(server, "look", options=older).returncode == 0
        done = ssh(server, "look", options=("-o", "Ciphers=aes256-ctr", "-o", "MACs=hmac-md5"))
        assert done.returncode == 255, done
        assert "no match for method mac algo" in server.read_log()


def test_the_host_key_stays():
    with town() as server:
        def seen():
            done = subprocess.run([program("ssh-keyscan"), "-p", str(server.port("ssh")), "127.0.0.1"], capture_output=True)
            return re.sub(rb"^\S+ ", b"", done.stdout)

        first = seen()
        assert first.startswith(b"ssh-ed25519 "), first
        server.stop()
        server.start()
        assert seen() == first
        assert (server.dir / "ssh_host_key").stat().st_mode & 0o777 == 0o600
        assert "SHA256:" in server.read_log()


def test_those_who_say_nothing_make_room():
    """More connections that only listen than may be before login: whoever logs in is let in all the same."""
    with town() as server:
        with_sally(server)
        silent = [socket.create_connection(("127.0.0.1", int(server.port("ssh"))), 20, (f"127.0.1.{1 + index // 40}", 0))
                  for index in range(250)]
        result = ssh(server, "say hello")
        assert result.returncode == 0, result
        assert any(closed(peer) for peer in silent), "nobody made room"
        for peer in silent:
            peer.close()


def closed(peer):
    peer.settimeout(0.2)
    try:
        while peer.recv(4096):
            pass
    except TimeoutError:
        return False
    except OSError:
        pass
    return True


def test_plink():
    with town() as server:
        with_sally(server)
        scan = subprocess.run([program("ssh-keyscan"), "-p", str(server.port("ssh")), "127.0.0.1"], capture_output=True)
        shown = subprocess.run([program("ssh-keygen"), "-lf", "-"], input=scan.stdout, capture_output=True)
        done = subprocess.run([program("plink"), "-ssh", "-batch", "-P", str(server.port("ssh")), "-l", "sally", "-pw", SECRET,
                               "-hostkey", shown.stdout.split()[1].decode(), "127.0.0.1", "look"], capture_output=True, timeout=60)
        assert done.returncode == 0 and b"Worn cobbles" in done.stdout, done


def test_paramiko():
    with town() as server:
        with_sally(server)
        peer = pathlib.Path(__file__).with_name("ssh_peer.py")
        python = "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else sys.executable
        done = subprocess.run([python, "-B", peer, str(server.port("ssh")), SECRET], capture_output=True, timeout=200)
        assert done.returncode == 0, done.stderr.decode()[-3000:]
        assert server.rss_kib() < 600_000, server.rss_kib()
        assert ssh(server, "look").returncode == 0


def test_ssh_audit_finds_no_failure():
    with town() as server:
        done = subprocess.run([program("ssh-audit"), "-n", "-p", str(server.port("ssh")), "127.0.0.1"], capture_output=True,
                              text=True, timeout=60)
        assert "SSH-2.0-Gyre" in done.stdout and "[fail]" not in done.stdout, done.stdout


if __name__ == "__main__":
    main(test_a_newcomer_makes_an_account_and_plays, test_two_passwords_that_differ_are_asked_for_again,
         test_commands_have_an_exit_status, test_a_command_concerns_nobody_else, test_a_pipe_plays_line_by_line,
         test_a_pipe_may_bring_more_than_is_kept,
         test_keys_let_in_and_can_be_taken_away, test_a_key_makes_an_account_only_if_the_configuration_says_so,
         test_lines_about_broken_connections_are_thinned,
         test_keys_are_exchanged_anew_under_way, test_subsystems_and_forwarding_are_refused,
         test_older_clients_find_a_common_algorithm,
         test_the_host_key_stays, test_those_who_say_nothing_make_room, test_plink, test_paramiko, test_ssh_audit_finds_no_failure)
