"""A small web site with a certificate of its own making, on this machine, as links lead to it."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from portal.studio.upkeep.asking import Address, Asker

HERE = ip_address("127.0.0.1")


@dataclass
class Site:
    """`asked` are the methods and paths it was asked for; `most_at_once` how many of them at the same time."""

    url: str
    certificate: Path
    asked: list[tuple[str, str]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    most_at_once: int = 0
    at_once: int = 0
    closing: Event = field(default_factory=Event)
    lock: Any = field(default_factory=Lock)

    def asker(self, **changed: Any) -> Asker:
        """One that trusts the site and may reach this machine, and nothing else that is private."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        values: dict[str, Any] = {"agent": "test", "context": context, "may_reach": only_here, "seconds": 5}
        return Asker(**values | changed)


def only_here(address: Address) -> bool:
    return address == HERE


@contextmanager
def serving(folder: Path) -> Iterator[Site]:
    certificate, key = _certificate(folder)
    server = ThreadingHTTPServer((str(HERE), 0), _Pages)
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    site = Site(f"https://127.0.0.1:{server.server_port}", certificate)
    server.site = site  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


class _Pages(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        site: Site = self.server.site  # type: ignore[attr-defined]
        with site.lock:
            site.asked.append((self.command, self.path))
            site.agents.add(self.headers["User-Agent"])
            site.at_once += 1
            site.most_at_once = max(site.most_at_once, site.at_once)
        try:
            self._write(site)
        finally:
            with site.lock:
                site.at_once -= 1

    def _write(self, site: Site) -> None:
        kind, _slash, rest = self.path.strip("/").partition("/")
        if kind == "silent":
            site.closing.wait(10)
        elif kind == "drip":
            self._drip(site)
        elif kind == "to":
            self._respond(302, rest)
        elif kind == "only-get":
            self._respond(200 if self.command == "GET" else 405)
        else:
            self._respond(int(kind))

    def _drip(self, site: Site) -> None:
        """A byte now and then, so that no single wait is long."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        while not site.closing.wait(0.1):
            try:
                self.wfile.write(b"x")
            except OSError:
                return

    def _respond(self, status: int, location: str = "") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        return


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(HERE)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate, secret = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate, secret
