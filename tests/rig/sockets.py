"""Closes the network to the tests, all but this machine."""

import ipaddress
import socket
from contextlib import contextmanager


class OutsideWorld(RuntimeError):
    """A test tried to leave the machine."""


def check(address):
    """Refuses an address that is neither a path nor loopback."""
    if not isinstance(address, tuple):
        return
    host = address[0].decode() if isinstance(address[0], bytes) else str(address[0])
    if host in {"localhost", ""}:
        return
    try:
        inside = ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        inside = False
    if not inside:
        raise OutsideWorld(f"a test tried to reach {host}")


@contextmanager
def loopback_only():
    """Every connect and every name look-up is checked while this stands."""
    plain_connect, plain_connect_ex, plain_lookup = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def connect(self, address):
        check(address)
        return plain_connect(self, address)

    def connect_ex(self, address):
        check(address)
        return plain_connect_ex(self, address)

    def getaddrinfo(host, *rest, **named):
        check((host or "", 0))
        return plain_lookup(host, *rest, **named)

    socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo = connect, connect_ex, getaddrinfo
    try:
        yield
    finally:
        socket.socket.connect, socket.socket.connect_ex = plain_connect, plain_connect_ex
        socket.getaddrinfo = plain_lookup
