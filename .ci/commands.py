"""What each `make` target does, by name."""

import shutil
from collections.abc import Callable

import checks
import environment
import figures
import serving
import suite
from house import ROOT, VAR, Refused, digest, is_current, python, remember, run_quietly, step, surroundings

LIGHTHOUSE = ROOT / ".ci" / "lighthouse"
REMAKEABLE = (
    "venv",
    "tools",
    "pycache",
    "caches",
    "cache",
    "pages",
    "static",
    "locale",
    "stamps",
    "logs",
    "check",
    "figures",
)


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
    env = surroundings(**checks.production())
    return python("manage.py", "messages", env=env) or python(
        "manage.py", "compile_messages", env=surroundings(DEMO="1")
    )


def bench(args: list[str]) -> int:
    """Run tests/bench with its own server."""
    environment.prepare("requirements-dev.lock")
    return python("-m", "tests.bench", *args)


def nation(args: list[str]) -> int:
    """Make a nation on PostgreSQL and measure the portal with it."""
    environment.prepare("requirements-dev.lock")
    return python("-m", "tests.bench.nation", *args)


def lighthouse(args: list[str]) -> int:
    """Judge the first pages of a citizen with Lighthouse; needs Node with npm, and Chromium."""
    environment.prepare("requirements-dev.lock")
    chromium = suite.find_chromium()
    if not chromium or not shutil.which("npm"):
        raise Refused("Lighthouse needs Chromium, and Node with npm: install the packages chromium, nodejs and npm.")
    wanted = digest(LIGHTHOUSE / "package-lock.json")
    if not ((LIGHTHOUSE / "node_modules").is_dir() and is_current("lighthouse", wanted)):
        with step("Lighthouse"):
            code, said = run_quietly("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", cwd=LIGHTHOUSE)
        if code:
            raise Refused(f"{said.rstrip()}\n\n`npm ci` in {LIGHTHOUSE} stopped with the words above.")
        remember("lighthouse", wanted)
    return python("-m", "tests.bench.lighthouse", *args, env=surroundings(CHROMIUM=chromium))


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
    "nation": nation,
    "lighthouse": lighthouse,
    "icons": icons,
    "figures": figures.figures,
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
