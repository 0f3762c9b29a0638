"""Where things are, how a step is told, and how it is known that a step need not be done again."""

import hashlib
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var").absolute()
STAMPS = VAR / "stamps"
LOGS = VAR / "logs"
VENV = VAR / "venv"
PYTHON = VENV / "bin" / "python"
CODE = ("portal", "lessons", "quizzes")
SECONDS_BETWEEN = 2  # from one word of progress to the next


class Refused(Exception):
    """Something a person must mend first, said in one sentence."""


def surroundings(**more: str) -> dict[str, str]:
    """The environment of every child: ours, everything written under var/, and what the caller adds."""
    settled = {"VAR_DIR": str(VAR), "PYTHONPYCACHEPREFIX": str(VAR / "pycache"), "PYTHONUNBUFFERED": "1"}
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**inherited, **settled, **more}


def python(*args: str, env: dict[str, str] | None = None) -> int:
    """Run the virtual environment's Python in the checkout, its output going where ours goes; its exit code."""
    return subprocess.run([PYTHON, *args], cwd=ROOT, env=env or surroundings(), check=False).returncode


def run_quietly(*args: str, env: dict[str, str] | None = None, cwd: Path = ROOT) -> tuple[int, str]:
    """Run a program; its exit code and everything it said."""
    done = subprocess.run(
        args,
        cwd=cwd,
        env=env or surroundings(),
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return done.returncode, done.stdout


def run_told(*args: str, env: dict[str, str], mark: str) -> tuple[int, str]:
    """The same, telling now and then of the newest line that begins with `mark`; those are not in what it said."""
    lines, told = [], time.monotonic()
    with subprocess.Popen(
        args, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as running:
        for line in running.stdout or ():
            if not line.startswith(mark):
                lines.append(line)
            elif time.monotonic() - told > SECONDS_BETWEEN:
                print(f"\n    {line.removeprefix(mark).rstrip():<20}", end="", flush=True)
                told = time.monotonic()
    return running.returncode, "".join(lines)


@contextmanager
def step(name: str) -> Iterator[None]:
    """One line for one step: its name, and when it is done how long it took."""
    begun = time.monotonic()
    print(f"  {name:<22}", end="", flush=True)
    yield
    print(f"{time.monotonic() - begun:6.1f} s", flush=True)


def skip(name: str) -> None:
    """Say that a step has nothing to do."""
    print(f"  {name:<22}up to date", flush=True)


def digest(*inputs: Path | str) -> str:
    """A hash of the words given and of the files, or folders of files, given; bytecode and var/ aside."""
    total = hashlib.sha256()
    for given in inputs:
        for file in _files(given) if isinstance(given, Path) else ():
            total.update(f"{file}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
        total.update(f"{given}\0".encode())
    return total.hexdigest()


def _files(place: Path) -> list[Path]:
    """The files at or below a place, in a lasting order."""
    if place.is_file():
        return [place]
    kept = (file for file in place.rglob("*") if file.suffix not in {".pyc", ".mo"} and file.is_file())
    return sorted(file for file in kept if "node_modules" not in file.parts)


def is_current(stamp: str, value: str) -> bool:
    """Whether a step was last done with these very inputs."""
    file = STAMPS / stamp
    return file.is_file() and file.read_text() == value


def remember(stamp: str, value: str) -> None:
    """Write down the inputs a step was done with."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / stamp).write_text(value)
