#!/usr/bin/env python3
"""Load for SSH servers, made of OpenSSH or paramiko: what it costs the server is measured by whoever starts this.

usage: ssh_load.py openssh PORT COUNT       one login after the other by OpenSSH's client, each with a shell
       ssh_load.py logins PORT COUNT        the same by paramiko, which knows no cipher with built-in integrity (AEAD)
       ssh_load.py lines PORT SESSIONS ROUNDS   lines on open shells, each answered before the next
       ssh_load.py idle PORT COUNT          shells that do nothing
       ssh_load.py crowd PORT COUNT         logins at once, each from an address of its own in 127.0.0.0/8
       ssh_load.py deaf PORT COUNT          shells with windows of 2 GiB that ask for much

Prints "ready" once all is prepared, waits for a line on standard input, does it, prints "done", and ends with another
line. Names are load0, load1 ..., the password is "correct-horse" everywhere.
"""
import os
import pathlib
import pty
import signal
import socket
import sys
import tempfile
import threading

import paramiko

MODE, PORT, COUNT = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
LINE = b"nothing\r"
ANSWER = b"Done."


def connected(index, source=None):
    peer = socket.create_connection(("127.0.0.1", PORT), 60, (source, 0) if source else None)
    transport = paramiko.Transport(peer)
    transport.start_client(timeout=60)
    transport.auth_password(f"load{index}", "correct-horse")
    return transport


def shell(transport, window=1 << 20):
    channel = transport.open_session(window_size=window)
    channel.get_pty(term="xterm", width=80, height=24)
    channel.invoke_shell()
    read_until(channel, b"> ")
    return channel


def read_until(channel, wanted):
    text = b""
    while wanted not in text:
        data = channel.recv(65536)
        if not data:
            raise SystemExit(f"the server closed: {text[-200:]!r}")
        text += data
    return text


def await_word(word):
    print(word, flush=True)
    sys.stdin.readline()


def openssh():
    with tempfile.TemporaryDirectory() as folder:
        ask = pathlib.Path(folder) / "ask"
        ask.write_text("#!/bin/sh\necho correct-horse\n")
        ask.chmod(0o700)
        os.environ.update(SSH_ASKPASS=str(ask), SSH_ASKPASS_REQUIRE="force", DISPLAY="none")
        await_word("ready")
        for index in range(COUNT):
            openssh_login(f"load{index % 50}")
    await_word("done")


def openssh_login(name):
    """Starts OpenSSH's client in a terminal of its own, and ends it at the first prompt."""
    options = [f"-o{option}" for option in (
        "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR", "PubkeyAuthentication=no",
        "PreferredAuthentications=password")]
    client, terminal = pty.fork()
    if client == 0:
        os.execvp("ssh", ["ssh", "-F", "none", "-tt", *options, "-p", str(PORT), f"{name}@127.0.0.1"])
    text = b""
    try:
        while b"> " not in text:
            text += os.read(terminal, 65536)
    except OSError:
        raise SystemExit(f"ssh ended: {text[-200:]!r}") from None
    finally:
        os.kill(client, signal.SIGKILL)
        os.waitpid(client, 0)
        os.close(terminal)


def logins():
    await_word("ready")
    for index in range(COUNT):
        transport = connected(index % 50)
        shell(transport)
        transport.close()
    await_word("done")


def lines():
    shells = [shell(connected(index)) for index in range(COUNT)]
    await_word("ready")
    for _ in range(int(sys.argv[4])):
        for channel in shells:
            channel.send(LINE)
        for channel in shells:
            read_until(channel, ANSWER)
    await_word("done")


def idle():
    shells = [shell(connected(index)) for index in range(COUNT)]
    await_word("ready")
    await_word("done")
    del shells


def crowd():
    def visit(index):
        shells.append(shell(connected(index, f"127.0.2.{index + 1}")))

    shells = []
    threads = [threading.Thread(target=visit, args=(index,)) for index in range(COUNT)]
    await_word("ready")
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(shells) != COUNT:
        raise SystemExit(f"only {len(shells)} of {COUNT} came in")
    await_word("done")


def deaf():
    shells = [shell(connected(index), 2**31 - 1) for index in range(COUNT)]
    await_word("ready")
    for channel in shells:
        channel.setblocking(False)
        try:
            channel.send(b"look\r" * 4000)
        except OSError:
            pass
    await_word("done")


MODES = {"openssh": openssh, "logins": logins, "lines": lines, "idle": idle, "crowd": crowd, "deaf": deaf}
MODES[MODE]()
