"""`make run` and `make dev`: every step from an empty folder to a portal that answers."""

import http.client
import os
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import BinaryIO

import environment
import house
from house import LOGS, PYTHON, ROOT, VAR, Refused

SERVER_LOG = LOGS / "server.log"
PATIENCE = 60  # seconds until a server that does not answer is given up


def run(_args: list[str]) -> int:
    """Serve the portal the way production does, on loopback, with demo people. Ends on Ctrl-C."""
    port = free_port()
    env = demo_surroundings(port)
    print("Getting the portal ready", flush=True)
    environment.prepare("requirements.lock")
    people = furnish(env)
    manage("Static files", static_files, env, "collectstatic", "--no-input", "--clear")
    with house.step("Server"):
        LOGS.mkdir(exist_ok=True)
        with SERVER_LOG.open("wb") as log:
            server = start(env, "-m", "gunicorn", "-c", "portal/gunicorn.py", "portal.wsgi", log=log)
        wait_until_healthy(server, port)
    places = f"{letters(env)}Its log is {SERVER_LOG}"
    print(f"\nThe portal is at http://localhost:{port}\n\n{people}\n{places}\nStop it with Ctrl-C.", flush=True)
    return stay(server)


def letters(env: dict[str, str]) -> str:
    """Where the letters of the demonstration lie, codes to log in with among them."""
    return "" if env.get("EMAIL_URL") else f"Its letters are written to {VAR / 'mail'}\n"


def dev(_args: list[str]) -> int:
    """Serve with errors in full and automatic reload."""
    port = free_port()
    env = demo_surroundings(port, DEBUG="1")
    environment.prepare("requirements-dev.lock")
    print(furnish(env), flush=True)
    return stay(start(env, "manage.py", "runserver", f"localhost:{port}"))


def free_port() -> int:
    """The port asked for, if nothing has it yet."""
    asked = os.environ.get("PORT") or "8000"
    if not asked.isdigit() or not 0 < int(asked) < 65536:
        raise Refused(f"PORT={asked} is not a port number: choose one between 1024 and 65535.")
    port = int(asked)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise Refused(f"Port {port} is the system's own: choose another, as in make run PORT=8000.") from None
        except OSError:
            remedy = f"stop what runs there, or choose another, as in make run PORT={port + 1}"
            raise Refused(f"Port {port} is in use: {remedy}.") from None
    return port


def demo_surroundings(port: int, **more: str) -> dict[str, str]:
    """The settings of a demonstration: loopback only, plain HTTP, a secret key of its own that stays."""
    settled = {"DEBUG": "0", "DEMO": "1", "PORT": str(port), "SECRET_KEY": demo_secret()}
    return house.surroundings(**{**settled, **more})


def demo_secret() -> str:
    """The secret key in var/, made at the first run and readable by its owner alone."""
    file = VAR / "secret-key"
    if not file.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(64))
    return file.read_text().strip()


def furnish(env: dict[str, str]) -> str:
    """Database, messages, courses and people, each only when something changed; the demo people's log-ins."""
    code = house.digest(*(ROOT / room for room in house.CODE), ROOT / "requirements.lock")

    def database_and_code() -> str:
        return house.digest(database(env), code)

    def people() -> str:
        return house.digest(database(env), env.get("DEMO_PASSWORD", ""), code)

    manage("Messages", catalogues, env, "compile_messages")
    manage("Database", database_and_code, env, "migrate", "--no-input")
    manage("Courses", database_and_code, env, "read_package", "lessons/curriculum", "--progress")
    told = manage("Demo people", people, env, "demo_people")
    manage("Reports", people, env, "count_reports")
    return told


def catalogues() -> str:
    """What compiled messages depend on."""
    return house.digest(ROOT / "portal" / "locale")


def static_files() -> str:
    """What collected static files depend on."""
    is_there = (VAR / "static" / "staticfiles.json").exists()
    return house.digest(str(is_there), ROOT / "static", ROOT / "portal" / "settings.py", ROOT / "requirements.lock")


def database(env: dict[str, str]) -> str:
    """What tells this database from a new one in its place; for a server's database never twice the same."""
    url = env.get("DATABASE_URL") or f"sqlite:///{VAR / 'portal.sqlite3'}"
    file = ROOT / url.removeprefix("sqlite:///")
    if not url.startswith("sqlite:///") or not file.exists():
        return secrets.token_hex()
    return f"{url} {file.stat().st_ino}"


def manage(name: str, inputs: Callable[[], str], env: dict[str, str], *command: str) -> str:
    """Run a management command unless its inputs are as it left them; what it said, then or now, but its progress."""
    said_file = house.STAMPS / f"{command[0]}.said"
    if said_file.exists() and house.is_current(command[0], inputs()):
        house.skip(name)
        return said_file.read_text()
    with house.step(name):
        result, said = house.run_told(str(PYTHON), "manage.py", *command, env=env, mark="… ")
    if result:
        raise Refused(f"{said.rstrip()}\n\n`manage.py {' '.join(command)}` stopped with the words above.")
    house.STAMPS.mkdir(parents=True, exist_ok=True)
    said_file.touch(mode=0o600)
    said_file.write_text(said)
    house.remember(command[0], inputs())
    return said


def start(env: dict[str, str], *command: str, log: BinaryIO | None = None) -> subprocess.Popen[bytes]:
    """Start a server with the virtual environment's Python; from now on a polite end of us is a polite end of it."""
    server = subprocess.Popen([PYTHON, *command], cwd=ROOT, env=env, stdout=log, stderr=log)

    def end(_number: int, _frame: FrameType | None) -> None:
        server.terminate()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    return server


def wait_until_healthy(server: subprocess.Popen[bytes], port: int) -> None:
    """Come back once /healthz answers; refuse when the server ends or never answers."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        if is_healthy(port):
            return
        with suppress(subprocess.TimeoutExpired):
            server.wait(timeout=0.1)
    server.terminate()
    raise Refused(f"{SERVER_LOG.read_text().rstrip()}\n\nThe server did not start: what it said stands above.")


def is_healthy(port: int) -> bool:
    """Whether the health check on this port says yes."""
    connection = http.client.HTTPConnection("localhost", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def stay(server: subprocess.Popen[bytes]) -> int:
    """Wait for the server's end; being asked to end is no failure."""
    result = server.wait()
    return 0 if result in (0, -signal.SIGTERM, -signal.SIGINT) else result
