"""`make check`: every check on its own line, all of them run, a summary at the end."""

import secrets
import time

import environment
from house import LOGS, PYTHON, VAR, run_quietly, surroundings

ENOUGH = 80  # lines of one check
MANAGE = ("manage.py",)
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


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
        tell(name, said.strip().splitlines())
    return code == 0


def tell(name: str, lines: list[str]) -> None:
    """Print what a check said; of very much only the beginning, and where the rest is."""
    print("\n".join(f"    {line}" for line in lines[:ENOUGH]), flush=True)
    if len(lines) > ENOUGH:
        LOGS.mkdir(parents=True, exist_ok=True)
        log = LOGS / f"{name.lower().replace(' ', '-')}.log"
        log.write_text("\n".join(lines))
        print(f"    ... {len(lines) - ENOUGH} lines more are in {log}", flush=True)


def production() -> dict[str, str]:
    """What a real site would set, with a key and a folder of its own: `make run` keeps another."""
    off = {"DEBUG": "0", "DEMO": "0", "DATABASE_URL": "", "REDIS_URL": ""}
    return {
        **off,
        "VAR_DIR": str(VAR / "check"),
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "portal.example",
    }


def migrations() -> dict[str, str]:
    """The portal's settings with the two migration checkers installed."""
    return {**production(), "DJANGO_SETTINGS_MODULE": "check_settings", "PYTHONPATH": ".ci"}


SURROUNDINGS = {"production": production, "migrations": migrations}
CHECKS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("Python is formatted", ("-m", "ruff", "format", "--check", "--output-format", "concise", "."), "production"),
    ("Python is clean (ruff)", ("-m", "ruff", "check", "--output-format", "concise", "."), "production"),
    ("Types agree (mypy)", ("-m", "mypy"), "production"),
    ("Templates are clean (djlint)", ("-m", "djlint", "templates", "--lint", "--quiet"), "production"),
    ("Imports run one way", ("-c", LINT_IMPORTS, "--no-cache"), "production"),
    ("No migration is missing", (*MANAGE, "makemigrations", "--check", "--dry-run"), "production"),
    ("Migrations are in one line", (*MANAGE, "check", "--tag", "models"), "migrations"),
    ("Migrations are safe on a live site", (*MANAGE, "lintmigrations", "--quiet", "ok", "ignore"), "migrations"),
    ("Messages are translated", (*MANAGE, "check_messages"), "production"),
    ("The curriculum is described", (*MANAGE, "describe_curriculum", "--check"), "production"),
    ("Production settings are safe", (*MANAGE, "check", "--deploy", "--fail-level", "WARNING"), "production"),
    ("Locks hold what pyproject.toml asks for", (".ci/lock_freshness.py",), "production"),
)
