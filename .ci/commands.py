"""What each `make` target does, by name."""

from collections.abc import Callable

import checks
import environment
import serving
import suite
from house import ROOT, VAR, Refused, python, run_quietly, surroundings

REMAKEABLE = ("venv", "tools", "pycache", "caches", "cache", "pages", "static", "locale", "stamps", "logs", "check")


def format_code(_args: list[str]) -> int:
    """Format, and mend what ruff can mend by itself."""
    environment.prepare("requirements-dev.lock")
    python("-m", "ruff", "check", "--fix-only", "--quiet", ".")
    return python("-m", "ruff", "format", ".")


def migrations(_args: list[str]) -> int:
    """Write missing migrations, and beside them which is the last: two branches that both add one collide in git."""
    environment.prepare("requirements-dev.lock")
    env = surroundings(**checks.migrations())
    python("manage.py", "create_max_migration_files", env=env)
    return python("manage.py", "makemigrations", env=env)


def messages(_args: list[str]) -> int:
    """Gather the texts into the catalogues, then compile those."""
    environment.prepare("requirements.lock")
    return python("manage.py", "messages") or python("manage.py", "compile_messages")


def bench(args: list[str]) -> int:
    """Run tests/bench with its own server."""
    environment.prepare("requirements-dev.lock")
    return python("-m", "tests.bench", *args)


def icons(_args: list[str]) -> int:
    """Draw the icons and the pictures for sharing anew."""
    environment.prepare("requirements-dev.lock")
    return python(".ci/drawing.py")


def clean(_args: list[str]) -> int:
    """Remove what can be made again; the database, uploads and secrets stay."""
    run_quietly("rm", "-rf", *(str(VAR / name) for name in REMAKEABLE), cwd=ROOT)
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": serving.run,
    "dev": serving.dev,
    "test": suite.test,
    "check": checks.check,
    "format": format_code,
    "lock": environment.lock,
    "migrations": migrations,
    "messages": messages,
    "bench": bench,
    "icons": icons,
    "clean": clean,
}


def main(args: list[str]) -> int:
    """Run one command; a refusal is one sentence on stderr and exit code 1."""
    try:
        return COMMANDS[args[0]](args[1:])
    except Refused as refusal:
        print(f"\n{refusal}", flush=True)
        return 1
    except KeyboardInterrupt:
        return 130
