#!/usr/bin/env python3
"""A friendly and a hostile SSH client, made of paramiko: for ssh_test.py.

usage: ssh_peer.py PORT PASSWORD
"""
import socket
import sys
import time

import paramiko

PORT, SECRET = int(sys.argv[1]), sys.argv[2]


def connected():
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
    client.connect("127.0.0.1", PORT, "sally", SECRET, allow_agent=False, look_for_keys=False, timeout=30)
    return client


def read_until(channel, wanted, patience=20):
    text = b""
    channel.settimeout(patience)
    while wanted not in text:
        data = channel.recv(65536)
        assert data, f"expected {wanted!r}, got {text[-500:]!r}"
        text += data
    return text


def shell_follows_the_window():
    client = connected()
    shell = client.invoke_shell(term="xterm-256color", width=100, height=40)
    read_until(shell, b"> ")
    shell.resize_pty(width=30, height=40)
    shell.send(b"look\r")
    text = read_until(shell, b"Ways out")
    assert b"\x1b[1;38;5;" in text, text
    assert max(len(line) for line in text.split(b"\r\n")[2:]) <= 40, text
    shell.send(b"quit\r")
    assert shell.recv_exit_status() == 0
    client.close()


def one_channel_after_the_other():
    client = connected()
    first = client.get_transport().open_session()
    try:
        client.get_transport().open_session(timeout=10)
        raise AssertionError("two channels at once")
    except paramiko.ChannelException:
        pass
    first.exec_command("look")
    assert b"Market square" in read_until(first, b"Ways out")
    assert first.recv_exit_status() == 0
    # Opened as soon as the last one's status is there, which may be before its close is.
    for _ in range(300):
        following = client.get_transport().open_session(timeout=10)
        following.exec_command("inventory")
        assert following.recv_exit_status() == 0
    client.close()


def what_is_not_offered_is_refused():
    client = connected()
    transport = client.get_transport()
    for kind in ("direct-tcpip", "x11", "forwarded-tcpip", "no-such-kind"):
        try:
            transport.open_channel(kind, ("127.0.0.1", 80), ("127.0.0.1", 9), timeout=10)
            raise AssertionError(f"{kind} was opened")
        except paramiko.ChannelException:
            pass
    assert transport.global_request("tcpip-forward", ("", 0), wait=True) is None
    assert transport.global_request("no-such-request", wait=True) is None
    client.close()


def floods_end():
    client = connected()
    transport = client.get_transport()
    for _ in range(5000):
        try:
            transport.global_request("no-such-request", wait=False)
        except (EOFError, paramiko.SSHException, OSError):
            break
    client.close()
    client = connected()
    transport = client.get_transport()
    refused = 0
    try:
        for _ in range(3000):
            try:
                transport.open_channel("direct-tcpip", ("127.0.0.1", 80), ("127.0.0.1", 9), timeout=10)
            except paramiko.ChannelException:
                refused += 1
    except (EOFError, paramiko.SSHException, OSError):
        pass
    assert refused > 0
    client.close()


def keys_are_not_exchanged_without_end():
    client = connected()
    transport = client.get_transport()
    exchanged = 0
    try:
        while exchanged < 1000:
            transport.renegotiate_keys()
            exchanged += 1
    except (EOFError, paramiko.SSHException, OSError):
        pass
    assert 50 <= exchanged <= 600, exchanged
    client.close()


def message(kind, *fields):
    """An SSH message: numbers and words as RFC 4251 section 5 has them, booleans as they are."""
    made = paramiko.Message()
    made.add_byte(bytes([kind]))
    for field in fields:
        if isinstance(field, bool):
            made.add_boolean(field)
        elif isinstance(field, int):
            made.add_int(field)
        else:
            made.add_string(field)
    return made


class Deaf:
    """A socket for paramiko that stops reading when it is told to."""

    def __init__(self):
        self.socket = socket.create_connection(("127.0.0.1", PORT), 30)
        self.deaf = False

    def recv(self, count):
        if self.deaf:
            time.sleep(0.1)
            raise socket.timeout
        return self.socket.recv(count)

    def __getattr__(self, name):
        return getattr(self.socket, name)


def who_sends_without_end_before_login_is_cut_off():
    peer = Deaf()
    transport = paramiko.Transport(peer)
    transport.start_client(timeout=30)
    peer.deaf = True
    unknown = message(192, b"x" * 200)
    sent = 0
    try:
        while sent < 100_000:
            transport._send_message(unknown)
            sent += 1
    except (EOFError, OSError, paramiko.SSHException):
        pass
    assert sent < 50_000, sent
    transport.close()


def a_channel_that_is_closed_and_opened_in_one_breath():
    """What the last one did must not be taken for the next one's, nor its session be forgotten in the world."""
    clients = [connected() for _ in range(10)]
    for client in clients:
        transport = client.get_transport()
        shell = transport.open_session(timeout=10)
        shell.get_pty()
        shell.invoke_shell()
        read_until(shell, b"> ")
        number = shell.remote_chanid
        burst = [message(97, number), message(90, "session", 4000, 1 << 20, 1 << 15),  # CHANNEL_CLOSE, CHANNEL_OPEN
                 message(98, number + 1, "shell", False)]                              # CHANNEL_REQUEST
        for each in burst:
            transport._send_message(each)
    for _ in range(3):
        client = connected()
        command = client.get_transport().open_session(timeout=10)
        command.exec_command("say still here")
        read_until(command, b"still here")
        client.close()
    for client in clients:
        client.close()


def broken_packets_end_the_connection():
    for junk in (b"GET / HTTP/1.1\r\n\r\n", b"SSH-2.0-x\r\n" + b"\xff" * 5000, b"SSH-1.0-old\r\n", b"\x00" * 100_000,
                 b"SSH-2.0-x\r\n" + b"\x00\x00\x00\x0c\x0a\x14" + b"\x00" * 100):
        with socket.create_connection(("127.0.0.1", PORT), 30) as peer:
            peer.settimeout(30)
            try:
                peer.sendall(junk)
                peer.shutdown(socket.SHUT_WR)
                while peer.recv(65536):
                    pass
            except OSError:
                pass


def names_of_any_kind_are_only_wrong():
    for name in ("", "x" * 60_000, "a\nb", "caf\xe9", "\x1b[31m", "../../etc/passwd"):
        transport = paramiko.Transport(("127.0.0.1", PORT))
        try:
            transport.start_client(timeout=30)
            transport.auth_password(name, SECRET)
            raise AssertionError(f"{name[:20]!r} came in")
        except (paramiko.SSHException, EOFError, OSError):
            pass
        finally:
            transport.close()


class Listening(paramiko.auth_handler.AuthHandler):
    """Notes what the server answers to requests for authentication, in place of paramiko's own reactions."""

    def __init__(self, transport):
        super().__init__(transport)
        self.answers = []
        self.auth_event = None
        table = dict(self._client_handler_table)
        for kind in (51, 52, 60):  # FAILURE, SUCCESS, INFO_REQUEST or PK_OK
            table[kind] = lambda handler, _, number=kind: handler.answers.append(number)
        table[6] = lambda handler, _: None  # SERVICE_ACCEPT
        self._client_handler_table = table


def asking_to_log_in():
    """A transport after the service request, and what hears its answers."""
    transport = paramiko.Transport(("127.0.0.1", PORT))
    transport.start_client(timeout=30)
    heard = transport.auth_handler = Listening(transport)
    transport._send_message(message(5, "ssh-userauth"))
    transport._send_message(message(50, "sally", "ssh-connection", "none"))
    await_answers(heard, 1)
    return transport, heard


def await_answers(heard, count):
    end = time.monotonic() + 10
    while len(heard.answers) < count and time.monotonic() < end:
        time.sleep(0.01)
    assert len(heard.answers) >= count, heard.answers


def what_is_to_be_ignored_has_no_answer():
    """asyncssh sends SSH_MSG_IGNORE before each secret, in a packet of its own that may come first."""
    transport, heard = asking_to_log_in()
    for words in (b"", b"x" * 200):
        transport._send_message(message(2, words))
        time.sleep(0.05)
    transport._send_message(message(50, "sally", "ssh-connection", "keyboard-interactive", "", ""))
    await_answers(heard, 2)
    transport._send_message(message(2, b"x" * 200))
    time.sleep(1)
    transport._send_message(message(61, 1, SECRET))
    await_answers(heard, 3)
    assert heard.answers == [51, 60, 52], heard.answers
    transport.close()


def keys_that_nobody_can_read_are_denied():
    transport, heard = asking_to_log_in()
    for kind, key in (("ssh-ed25519", b"no key"), ("ssh-rsa", b"\xff" * 300), ("x" * 300, b"")):
        transport._send_message(message(50, "sally", "ssh-connection", "publickey", False, kind, key))
        await_answers(heard, len(heard.answers) + 1)
    transport._send_message(message(50, "sally", "ssh-connection", "password", False, SECRET))
    await_answers(heard, 5)
    time.sleep(1)
    assert heard.answers == [51, 51, 51, 51, 52], heard.answers
    transport.close()


def tries_are_counted():
    transport = paramiko.Transport(("127.0.0.1", PORT))
    transport.start_client(timeout=30)
    tries = 0
    try:
        while tries < 50:
            tries += 1
            try:
                transport.auth_password("sally", "wrong")
            except paramiko.AuthenticationException:
                time.sleep(0.01)
    except (paramiko.SSHException, EOFError, OSError):
        pass
    transport.close()
    assert 5 <= tries <= 8, tries


for test in (shell_follows_the_window, one_channel_after_the_other, what_is_not_offered_is_refused, floods_end,
             keys_are_not_exchanged_without_end,
             who_sends_without_end_before_login_is_cut_off, a_channel_that_is_closed_and_opened_in_one_breath,
             broken_packets_end_the_connection, names_of_any_kind_are_only_wrong, what_is_to_be_ignored_has_no_answer,
             keys_that_nobody_can_read_are_denied, tries_are_counted):
    print(test.__name__, flush=True)
    test()
