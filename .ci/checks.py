"""`make check`: every check on its own line, all of them run, a summary at the end."""

import secrets
import time

import environment
from house import PYTHON, VAR, run_quietly, surroundings

MANAGE = ("manage.py",)


def check(args: list[str]) -> int:
    """Run the checks (or those whose name holds a word given); 1 when any of them found something."""
    environment.prepare("requirements-dev.lock")
    chosen = [one for one in CHECKS if not args or any(word.lower() in one[0].lower() for word in args)]
    failed = [name for name, command, kind in chosen if not passes(name, command, surroundings(**SURROUNDINGS[kind]()))]
    print(f"\n{len(chosen) - len(failed)} of {len(chosen)} checks are good.", flush=True)
    for name in failed:
        print(f"  not good: {name}", flush=True)
    return 1 if failed or not chosen else 0


def passes(name: str, command: tuple[str, ...], env: dict[str, str]) -> bool:
    """Run one check and say how it went; what it said only when it is not good."""
    begun = time.monotonic()
    code, said = run_quietly(str(PYTHON), *command, env=env)
    print(f"  {name:<44} {'ok' if code == 0 else 'NOT GOOD':<9}{time.monotonic() - begun:5.1f} s", flush=True)
    if code:
        print("    " + said.strip().replace("\n", "\n    "), flush=True)
    return code == 0


def plain() -> dict[str, str]:
    """A throw-away place and key, so that a check neither reads nor writes what `make run` keeps."""
    return {"VAR_DIR": str(VAR / "check"), "SECRET_KEY": secrets.token_urlsafe(64), "DEBUG": "0", "DEMO": "0", "DATABASE_URL": ""}


def migrations() -> dict[str, str]:
    """The portal's settings with the two migration checkers installed."""
    return {**plain(), "DJANGO_SETTINGS_MODULE": "check_settings", "PYTHONPATH": ".ci"}


def production() -> dict[str, str]:
    """What a real site would set."""
    return {**plain(), "ALLOWED_HOSTS": "portal.example"}


SURROUNDINGS = {"plain": plain, "migrations": migrations, "production": production}
CHECKS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("Python is formatted", ("-m", "ruff", "format", "--check", "."), "plain"),
    ("Python is clean (ruff)", ("-m", "ruff", "check", "."), "plain"),
    ("Types agree (mypy)", ("-m", "mypy"), "plain"),
    ("Templates are clean (djlint)", ("-m", "djlint", "templates", "--lint", "--quiet"), "plain"),
    ("Imports run one way", ("-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"), "plain"),
    ("No migration is missing", (*MANAGE, "makemigrations", "--check", "--dry-run"), "plain"),
    ("Migrations are in one line", (*MANAGE, "check", "--tag", "models"), "migrations"),
    ("Migrations are safe on a live site", (*MANAGE, "lintmigrations", "--no-cache"), "migrations"),
    ("Messages are translated", (*MANAGE, "check_messages"), "plain"),
    ("Production settings are safe", (*MANAGE, "check", "--deploy", "--fail-level", "WARNING"), "production"),
    ("Locks hold what pyproject.toml asks for", (".ci/lock_freshness.py",), "plain"),
)
