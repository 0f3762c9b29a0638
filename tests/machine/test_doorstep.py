"""What a person meets at `make`: help that lists everything, and one clear sentence when something is in the way."""

import re
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
NOWHERE = {"PIP_CONFIG_FILE": "/dev/null", "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_NO_CACHE_DIR": "1"}
OLD_PYTHON = """
import runpy, sys
sys.version_info = (3, 9, 2, "final", 0)
runpy.run_path(".ci/start.py", run_name="__main__")
"""


def run(*command: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the checkout with a bare environment, everything it says in `stdout`."""
    surroundings = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", **env}
    return subprocess.run(
        command,
        cwd=ROOT,
        env=surroundings,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )


def start(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run what stands behind `make` with the tests' own Python."""
    return run(sys.executable, "-B", ".ci/start.py", *args, **env)


def only_sentence(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence a refused command ends with."""
    assert done.returncode == 1
    assert "Traceback" not in done.stdout
    return done.stdout.strip().splitlines()[-1]


@pytest.fixture
def busy_port() -> Iterator[int]:
    """A port of loopback that something listens on."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_help_lists_every_target() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    listed = re.findall(r"^make ([a-z]+) +\S", run("make", "help").stdout, re.MULTILINE)
    assert {"run", "dev", "test", "check"} < set(targets)
    assert listed == targets


def test_an_old_python_is_told_so() -> None:
    done = run(sys.executable, "-B", "-c", f"import sys; sys.path.insert(0, '.ci')\n{OLD_PYTHON}")
    assert only_sentence(done).startswith("Python 3.11 or newer is needed, and this one is 3.9:")


def test_a_python_that_is_not_there_is_named() -> None:
    done = run("make", "run", "PYTHON=python-of-nobody")
    assert "Python 3.11 or newer is needed, and 'python-of-nobody' is not here" in done.stdout


@pytest.mark.parametrize("command", ["run", "dev"])
def test_a_busy_port_is_named_with_another_to_take(tmp_path: Path, busy_port: int, command: str) -> None:
    said = only_sentence(start(command, PORT=str(busy_port), VAR_DIR=str(tmp_path)))
    assert (
        said
        == f"Port {busy_port} is in use: stop what runs there, or choose another, as in make run PORT={busy_port + 1}."
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("port", ["http", "0", "70000"])
def test_a_port_that_is_none_is_refused(tmp_path: Path, port: str) -> None:
    said = only_sentence(start("run", PORT=port, VAR_DIR=str(tmp_path)))
    assert said == f"PORT={port} is not a port number: choose one between 1024 and 65535."


def test_a_broken_network_is_one_sentence(tmp_path: Path) -> None:
    said = only_sentence(start("messages", VAR_DIR=str(tmp_path), **NOWHERE))
    assert said.startswith("Could not download the locked dependencies: check the network, then run")
    assert said.endswith(f"{tmp_path / 'logs' / 'install.log'}.")


def test_the_demonstrations_key_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    make_key = "import sys; sys.path.insert(0, '.ci'); import serving; print(serving.demo_secret())"
    first, second = (run(sys.executable, "-B", "-c", make_key, VAR_DIR=str(tmp_path)).stdout for _ in range(2))
    assert first == second
    assert len(first) > 50
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_continuous_integration_can_be_run_as_it_lies() -> None:
    assert (ROOT / ".ci" / "run").stat().st_mode & stat.S_IXUSR
    assert run("bash", "-n", ".ci/run").returncode == 0
    assert run("bash", "-n", ".ci/services.sh").returncode == 0


def test_clean_keeps_the_database_and_the_secret(tmp_path: Path) -> None:
    kept, made = {"portal.sqlite3", "secret-key", "media"}, {"venv", "static", "caches"}
    for name in kept | made:
        (tmp_path / name).mkdir()
    assert start("clean", VAR_DIR=str(tmp_path)).returncode == 0
    assert {place.name for place in tmp_path.iterdir()} == kept
