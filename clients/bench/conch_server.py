#!/usr/bin/env python3
"""Conch, the SSH server of Twisted, as a peer to be measured beside: lines are edited and answered with "Done.".

usage: conch_server.py

Prints "ready ssh://127.0.0.1:PORT" once it listens, and runs until SIGTERM. Anybody is let in with the password "correct-horse",
which costs no hash.
"""
import sys

from twisted.conch import manhole_ssh, recvline
from twisted.conch.insults import insults as terminal
from twisted.conch.ssh import factory, keys
from twisted.cred import checkers as cred_checkers
from twisted.cred import credentials, portal
from twisted.internet import defer, reactor
from zope.interface import implementer

from cryptography.hazmat.primitives.asymmetric import ed25519


class Answering(recvline.HistoricRecvLine):
    ps = (b"> ", b"")

    def lineReceived(self, line):
        self.terminal.write(b"Done.")
        self.terminal.nextLine()
        self.terminal.write(self.ps[self.pn])


@implementer(cred_checkers.ICredentialsChecker)
class Secret:
    credentialInterfaces = (credentials.IUsernamePassword,)

    def requestAvatarId(self, given):
        return given.username if given.password == b"correct-horse" else defer.fail(Exception("wrong"))


def main():
    realm = manhole_ssh.TerminalRealm()
    realm.chainedProtocolFactory = lambda: terminal.ServerProtocol(Answering)
    server = factory.SSHFactory()
    server.portal = portal.Portal(realm, [Secret()])
    key = keys.Key(ed25519.Ed25519PrivateKey.generate())
    server.publicKeys = {b"ssh-ed25519": key.public()}
    server.privateKeys = {b"ssh-ed25519": key}
    port = reactor.listenTCP(0, server, interface="127.0.0.1")
    print(f"ready ssh://127.0.0.1:{port.getHost().port}", flush=True)
    reactor.run()


if __name__ == "__main__":
    sys.exit(main())
