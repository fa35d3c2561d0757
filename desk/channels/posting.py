"""One POST of a notice: signed, to a checked address, without redirects, and over within seconds.

    post(hook, notice_id, body, key, seconds=10.0)     # "200 OK"; PostError with why not

The name is looked up once, and the connection goes to the very address that was checked: a name that leads
into this machine or its network is refused, unless the configuration says `local = true`. The signature is
`sha256=` and the HMAC of the time, a dot and the body, with the key that both sides know.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from data.errors import WatchfloorError
from desk.channels.model import Webhook

SIGNATURE = "X-Watchfloor-Signature"
TIMESTAMP = "X-Watchfloor-Timestamp"


class PostError(WatchfloorError):
    """Nobody could be told: the address is refused, nobody answered in time, or the answer is a no."""


def signature(key: str, timestamp: str, body: str) -> str:
    """Return what proves who sent a body and when; the receiver computes the same."""
    return "sha256=" + hmac.new(key.encode(), f"{timestamp}.{body}".encode(), hashlib.sha256).hexdigest()


def headers(notice_id: str, body: str, key: str, timestamp: int) -> Mapping[str, str]:
    """Return the headers of a notice."""
    return {
        "Content-Type": "application/json",
        "User-Agent": "Watchfloor",
        "Connection": "close",
        "Idempotency-Key": notice_id,
        TIMESTAMP: str(timestamp),
        SIGNATURE: signature(key, str(timestamp), body),
    }


def post(hook: Webhook, body: str, sent: Mapping[str, str], seconds: float) -> str:
    """Send a body with its headers and return the answer's status in words. Raises PostError."""
    parts = urlsplit(hook.url)
    host, is_safe = str(parts.hostname), parts.scheme == "https"
    address = _address(host, parts.port or (443 if is_safe else 80), allows_local=hook.local)
    connection = _Safe(host, address, seconds) if is_safe else _Plain(host, address, seconds)
    # A timeout of the socket alone would let a server that sends a byte now and then hold us for ever.
    deadline = threading.Timer(seconds, connection.abort)
    deadline.daemon = True
    deadline.start()
    try:
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        connection.request("POST", path, body.encode(), dict(sent))
        answer = connection.getresponse()
        said = f"{answer.status} {answer.reason}".strip()
    except (OSError, HTTPException, ValueError) as error:
        raise PostError(f"No answer: {type(error).__name__}: {error}") from error
    finally:
        deadline.cancel()
        connection.close()
    if not 200 <= answer.status < 300:
        raise PostError(f"{said}{': redirects are not followed' if 300 <= answer.status < 400 else ''}")
    return said


Address = tuple[int, tuple[str, int]]


def _address(host: str, port: int, *, allows_local: bool) -> Address:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise PostError(f"There is no address for {host}: {error}") from error
    family, _, _, _, place = found[0]
    address = str(place[0])
    # Every address is checked: of several, a later one could lead elsewhere.
    if not allows_local and not all(_is_global(str(each[4][0])) for each in found):
        raise PostError(
            f"{host} leads to {address}, which is of this machine or its network.",
            to_do="Name an address of the internet, or write local = true for this webhook.",
        )
    return int(family), (address, port)


def _is_global(address: str) -> bool:
    told = ipaddress.ip_address(address.partition("%")[0])
    mapped = told.ipv4_mapped if isinstance(told, ipaddress.IPv6Address) else None
    return (mapped or told).is_global and not (mapped or told).is_multicast


class _Plain(HTTPConnection):
    """A connection to an address that was checked, whatever its name leads to by now."""

    def __init__(self, host: str, address: Address, seconds: float) -> None:
        super().__init__(host, address[1][1], timeout=seconds)
        self._address = address

    def connect(self) -> None:
        """Connect to the checked address."""
        self.sock = socket.create_connection(self._address[1], self.timeout)

    def abort(self) -> None:
        """End whatever is waited for; from another thread."""
        _cut(self.sock)


class _Safe(HTTPSConnection):
    """The same with TLS: the certificate is for the name, not for the address."""

    def __init__(self, host: str, address: Address, seconds: float) -> None:
        super().__init__(host, address[1][1], timeout=seconds)
        self._address = address

    def connect(self) -> None:
        """Connect to the checked address and check the certificate."""
        plain = socket.create_connection(self._address[1], self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)

    def abort(self) -> None:
        """End whatever is waited for; from another thread."""
        _cut(self.sock)


def _cut(sock: socket.socket | None) -> None:
    if sock is not None:
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            # It was over already.
            return
