"""Real servers for tests, each a process of its own: the portal under gunicorn, a PostgreSQL that may be stopped."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SERVICES = ROOT / ".ci" / "services.sh"
PATIENCE = 60  # seconds
DEMO_PASSWORD = "a-password-for-the-tests"


def free_port() -> int:
    """A port of loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(found: Callable[[], Any], told: Callable[[], str]) -> Any:
    """What `found` finds, as soon as it is something; after PATIENCE seconds it fails with what is told then.

    The processes that are waited for tell nobody when they are ready, so they are asked again and again.
    """
    deadline = time.monotonic() + PATIENCE
    while not (something := found()):
        assert time.monotonic() < deadline, told()
        time.sleep(0.05)
    return something


class PortalServer:
    """The portal with a folder, a database and a port of its own.

    `url` has no slash at its end; `env` is what its processes see, and may be changed while it is stopped.
    """

    def __init__(self, var: Path, **env: str) -> None:
        self.var = var
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        settled = {
            "DEBUG": "0",
            "DEMO": "1",
            "DEMO_PASSWORD": DEMO_PASSWORD,
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "LOG_LEVEL": "WARNING",
            "PORT": str(self.port),
            "SECRET_KEY": "a-key-that-protects-nothing-but-the-tests-of-this-portal",
            "VAR_DIR": str(var),
        }
        foreign = {"ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"}
        inherited = {name: value for name, value in os.environ.items() if name not in foreign}
        self.env = {**inherited, **settled, **env}
        self._process: subprocess.Popen[bytes] | None = None

    def manage(self, *command: str) -> str:
        """Run a management command in another process on the same database; what it printed."""
        arguments = [sys.executable, "manage.py", *command]
        done = subprocess.run(arguments, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{' '.join(command)}:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def furnish(self) -> None:
        """Database, courses, demo people and static files, as `make run` lays them."""
        self.manage("migrate", "--no-input")
        self.manage("read_package", "lessons/curriculum")
        self.manage("demo_people")
        self.manage("count_reports")
        self.manage("collectstatic", "--no-input")

    def furnish_as(self, other: "PortalServer") -> None:
        """The same from a furnished portal on SQLite that was never started: its files are copied."""
        shutil.copytree(other.var, self.var, dirs_exist_ok=True)

    def start(self) -> None:
        """Serve, and come back once the health check says yes."""
        command = [sys.executable, "-m", "gunicorn", "-c", "portal/gunicorn.py", "portal.wsgi"]
        with (self.var / "server.log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=log, stderr=log)
        wait_for(self._is_up, self._not_started)

    def _is_up(self) -> bool:
        assert self._process
        assert self._process.poll() is None, self._not_started()
        return self.is_healthy()

    def _not_started(self) -> str:
        return f"The server did not start:\n{self.log()}"

    def is_healthy(self) -> bool:
        """Whether the health check answers 200."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return int(answer.status) == 200
        except OSError:
            return False

    def log(self) -> str:
        """Everything the server has said."""
        return (self.var / "server.log").read_text()

    def stop(self) -> None:
        """End politely: what is being answered is answered."""
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=PATIENCE)
            self._process = None

    def kill(self) -> None:
        """End as a power cut does: every process of the server at once."""
        assert self._process
        workers = subprocess.run(["pgrep", "-P", str(self._process.pid)], capture_output=True, text=True, check=False)
        for pid in [str(self._process.pid), *workers.stdout.split()]:
            subprocess.run(["kill", "-9", pid], check=False)
        self._process.wait(timeout=PATIENCE)
        self._process = None


def find_postgres_binaries() -> bool:
    """Whether a PostgreSQL server is installed here."""
    return bool(_services("postgres_binaries").strip())


def _services(command: str) -> str:
    script = f'set -e; source "{SERVICES}"; {command}'
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


class ThrowawayPostgres:
    """A PostgreSQL in a folder, always at the same `url`, that a test may stop and start."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"postgresql://portal@127.0.0.1:{self.port}/portal"
        folder.chmod(0o755)  # the server's own user must reach it

    def start(self) -> None:
        """Start, and come back once it answers."""
        _services(f'start_postgres "{self.folder}" {self.port}')

    def stop(self) -> None:
        """Stop at once; open connections are cut."""
        _services(f'stop_postgres "{self.folder}"')


class Worker:
    """The worker of a portal, a process of its own, that does what the web processes put off."""

    def __init__(self, server: PortalServer) -> None:
        self.server = server
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin to work; what there is to do is taken up within a second or so."""
        command = [sys.executable, "manage.py", "db_worker"]
        with (self.server.var / "worker.log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, env=self.server.env, stdout=log, stderr=log)

    def stop(self) -> None:
        """End politely: the task under way is done."""
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=PATIENCE)
            self._process = None


class Proxy:
    """nginx as `docs/deploying/` lays it, before two web processes; `url` is its HTTPS address, self-signed."""

    TEMPLATE = ROOT / "docs" / "deploying" / "proxy.conf.template"
    AROUND = """
        daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; {user}
        events {{}}
        http {{
            log_format served '$upstream_addr $request_method $uri $status $upstream_cache_status';
            access_log {folder}/access.log served;
            client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
            uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
            include {folder}/portal.conf;
        }}
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.http_port, self.https_port = free_port(), free_port()
        self.url = f"https://localhost:{self.https_port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *servers: PortalServer) -> None:
        """Stand before these: make a certificate, fill the template in, and come back once it answers."""
        self._make_certificate()
        places = {f"WEB_{number}": f"127.0.0.1:{server.port}" for number, server in enumerate(servers, 1)}
        ports = {"HTTP_PORT": self.http_port, "HTTPS_PORT": self.https_port}
        folders = {"CERTIFICATE_DIR": self.folder, "CACHE_DIR": self.folder / "cache"}
        filled = self.TEMPLATE.read_text()
        for name, value in (places | ports | folders).items():
            filled = filled.replace(f"${{{name}}}", str(value))
        (self.folder / "portal.conf").write_text(filled)
        user = "user root;" if os.getuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(self.AROUND.format(folder=self.folder, user=user))
        nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        assert nginx
        command = [nginx, "-p", str(self.folder), "-e", str(self.folder / "error.log"), "-c", "nginx.conf"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(self._listens, self._errors)

    def served(self) -> list[list[str]]:
        """What was asked so far, in order: the web process, method, path, status, and what the cache said."""
        lines = (self.folder / "access.log").read_text().splitlines()
        return [[*line.replace(", ", ",").split(" ")] for line in lines]

    def stop(self) -> None:
        """End, cutting what is under way."""
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=PATIENCE)
            self._process = None

    def _make_certificate(self) -> None:
        key, certificate = self.folder / "privkey.pem", self.folder / "fullchain.pem"
        kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
        names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
        command = ["openssl", "req", *kind, *names, "-keyout", str(key), "-out", str(certificate)]
        subprocess.run(command, check=True, capture_output=True)

    def _errors(self) -> str:
        return (self.folder / "error.log").read_text()

    def _listens(self) -> bool:
        assert self._process
        assert self._process.poll() is None, self._errors()
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.https_port)) == 0
