"""Real servers for tests, each a process of its own: the portal under gunicorn, a PostgreSQL that may be stopped."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVICES = ROOT / ".ci" / "services.sh"
PATIENCE = 60  # seconds
DEMO_PASSWORD = "a-password-for-the-tests"


def free_port() -> int:
    """A port of loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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
        self.manage("collectstatic", "--no-input")

    def start(self) -> None:
        """Serve, and come back once the health check says yes."""
        command = [sys.executable, "-m", "gunicorn", "-c", "portal/gunicorn.py", "portal.wsgi"]
        with (self.var / "server.log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=log, stderr=log)
        deadline = time.monotonic() + PATIENCE
        while not self.is_healthy():
            alive = self._process.poll() is None and time.monotonic() < deadline
            assert alive, f"The server did not start:\n{self.log()}"
            time.sleep(0.05)

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
