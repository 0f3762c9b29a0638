"""Asks an address on the web whether it answers, without ever reaching into a private network.

Every name is looked up once, each of its addresses must be public, and the connection goes to one of just these, so
that a name that changes between looking and connecting gains nothing. Each step of a redirect is judged anew.
"""

import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPException, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Timer
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.encoding import iri_to_uri

from portal.studio.models import LinkCheck

Address = IPv4Address | IPv6Address
Result = LinkCheck.Result

MOST_STEPS = 5  # redirects
REDIRECTS = (301, 302, 303, 307, 308)
GONE = (404, 410)
NOT_FOR_PROGRAMS = (401, 403, 405, 406, 429, 999)
NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True)
class Answer:
    """What became of asking; `status` is the last HTTP status, None where there was none."""

    result: LinkCheck.Result
    status: int | None = None


class _Refused(Exception):
    """The address is not one to be asked."""


def is_public(address: Address) -> bool:
    """Whether anybody on the internet could reach it; addresses that carry an IPv4 one are judged by that."""
    if isinstance(address, IPv6Address):
        if address in NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        if address.teredo:
            return False
        if inside := address.ipv4_mapped or address.sixtofour:
            return is_public(inside)
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


class _Pinned(HTTPSConnection):
    """A connection to an address that was judged, whatever its name says meanwhile; it ends after `longest` seconds."""

    def __init__(self, parts: SplitResult, address: Address, asker: "Asker") -> None:
        super().__init__(parts.hostname or "", parts.port or 443, timeout=asker.seconds, context=asker.context)
        self._address, self._tls, self._longest = str(address), asker.context, asker.longest
        self._watch: Timer | None = None
        self.took_too_long = False

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), self.timeout)
        secure = self._tls.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock = secure
        # A timeout of a socket begins anew with every byte, and a byte now and then could hold us for hours.
        self._watch = Timer(self._longest, partial(self._give_up, secure))
        self._watch.daemon = True
        self._watch.start()
        secure.do_handshake()

    def _give_up(self, sock: socket.socket) -> None:
        self.took_too_long = True
        try:
            socket.socket.shutdown(sock, socket.SHUT_RDWR)
        except OSError:
            return

    def close(self) -> None:
        if self._watch:
            self._watch.cancel()
        super().close()


@dataclass(frozen=True)
class Asker:
    """How links are asked: as whom, and for how many seconds to wait for a byte and for all of an answer."""

    agent: str
    seconds: float = 10
    longest: float = 25
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    may_reach: Callable[[Address], bool] = is_public

    def ask(self, url: str) -> Answer:
        """HEAD, and GET where that is not taken; nothing is downloaded."""
        answer = self._follow("HEAD", url)
        if answer.status is None or answer.result == Result.ANSWERS:
            return answer
        return self._follow("GET", url)

    def _follow(self, method: str, url: str) -> Answer:
        status: int | None = None
        try:
            for _step in range(MOST_STEPS + 1):
                parts = urlsplit(iri_to_uri(url))
                if parts.scheme != "https":
                    return Answer(Result.INSECURE)
                status, location = self._once(method, parts)
                if status not in REDIRECTS or not location:
                    return Answer(_result_of(status), status)
                url = urljoin(parts.geturl(), location)
        except _Refused:
            return Answer(Result.PRIVATE)
        except TimeoutError:
            return Answer(Result.TIMEOUT)
        except (OSError, HTTPException, ValueError):  # a ValueError is an address that is none
            return Answer(Result.UNREACHABLE)
        return Answer(Result.ENDLESS)

    def _once(self, method: str, parts: SplitResult) -> tuple[int, str]:
        """The status, and where a redirect leads; raises _Refused, OSError, HTTPException or ValueError."""
        addresses = self._addresses(parts)
        for at, address in enumerate(addresses, 1):
            connection = _Pinned(parts, address, self)
            try:
                connection.connect()
                answered = self._exchange(connection, method, parts)
            except (OSError, HTTPException) as fault:
                if connection.took_too_long:
                    raise TimeoutError from fault
                if at == len(addresses):
                    raise
            else:
                if connection.took_too_long:  # what had come by then looks like the end of the headers
                    raise TimeoutError
                return answered
            finally:
                connection.close()
        raise OSError("no address")

    def _addresses(self, parts: SplitResult) -> list[Address]:
        if not parts.hostname:
            raise ValueError("no host")
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(ip_address(str(row[4][0]).partition("%")[0]) for row in found))
        if not all(self.may_reach(address) for address in addresses):
            raise _Refused
        return addresses[:2]

    def _exchange(self, connection: _Pinned, method: str, parts: SplitResult) -> tuple[int, str]:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, headers={"User-Agent": self.agent, "Accept": "*/*", "Connection": "close"})
        response = connection.getresponse()
        return response.status, response.headers.get("Location", "")


def _result_of(status: int) -> LinkCheck.Result:
    if status < 400:
        return Result.ANSWERS
    if status in GONE:
        return Result.MISSING
    return Result.TURNED_AWAY if status in NOT_FOR_PROGRAMS else Result.FAILED
