"""One kept-open connection, as a browser keeps it, timed request by request."""

import socket
import time
from dataclasses import dataclass, field


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes
    size: int
    """Bytes on the wire, headers included."""
    seconds: float


@dataclass
class Connection:
    """Speaks just enough HTTP/1.1 for a measurement: content-length bodies, cookies kept."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._socket: socket.socket | None = None  # a silent connection would hold one of the server's threads

    def _connect(self) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def ask(self, path: str, form: str | None = None) -> Reply:
        """GET, or POST where `form` is an encoded body."""
        request = self._request(path, form)
        self._socket = self._socket or self._connect()
        begun = time.perf_counter()
        try:
            status, headers, body, size = self._exchange(self._socket, request)
        except (ConnectionError, IndexError):
            self._socket = self._connect()
            begun = time.perf_counter()
            status, headers, body, size = self._exchange(self._socket, request)
        seconds = time.perf_counter() - begun
        return Reply(status, headers, body, size, seconds)

    def _request(self, path: str, form: str | None) -> bytes:
        lines = [
            f"{'GET' if form is None else 'POST'} {path} HTTP/1.1",
            f"Host: localhost:{self.port}",
            "Accept-Encoding: gzip, deflate, br",
            "Accept-Language: en",
        ]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if form is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(form)}"]
        return ("\r\n".join(lines) + "\r\n\r\n" + (form or "")).encode()

    def _exchange(self, wire: socket.socket, request: bytes) -> tuple[int, dict[str, str], bytes, int]:
        wire.sendall(request)
        data = b""
        while b"\r\n\r\n" not in data:
            data += _receive(wire)
        head, _blank, body = data.partition(b"\r\n\r\n")
        status_line, *lines = head.decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for line in lines:
            name, _colon, value = line.partition(": ")
            headers[name.lower()] = value
            if name.lower() == "set-cookie":
                self._keep(value)
        length = int(headers.get("content-length", 0))
        while len(body) < length:
            body += _receive(wire)
        return int(status_line.split()[1]), headers, body, len(head) + 4 + len(body)

    def _keep(self, cookie: str) -> None:
        name, _equals, rest = cookie.partition("=")
        value, *attributes = rest.split("; ")
        if "Max-Age=0" in attributes:
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = value


def _receive(wire: socket.socket) -> bytes:
    received = wire.recv(65536)
    if not received:
        raise ConnectionError
    return received
