"""`make test`: the suite on SQLite, again on PostgreSQL when one is reachable, and what was left out."""

import os
import shutil

import environment
from house import PYTHON, python, run_quietly, surroundings

NOTHING_COLLECTED = 5
# The whole suite uses the cores there are; a file stays with one of them, so that its servers are started once.
EVERYTHING = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadfile"]
LOCAL_POSTGRES = (
    "postgresql:///postgres",
    "postgresql://postgres@127.0.0.1:5432/postgres",
    "postgresql://postgres:postgres@127.0.0.1:5432/postgres",
)
LOCAL_REDIS = "redis://127.0.0.1:6379/15"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The same browser without a window to draw, which takes a third of the time to open a page.
SHELLS = ("chromium-headless-shell",)
MAY_CREATE = """
import sys, psycopg
with psycopg.connect(sys.argv[1], connect_timeout=2) as connection:
    row = connection.execute("SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user").fetchone()
    sys.exit(0 if row and row[0] else 1)
"""
ANSWERS_PING = "import sys, redis; redis.Redis.from_url(sys.argv[1], socket_connect_timeout=2).ping()"


def test(args: list[str]) -> int:
    """Run the tests with the developers' dependencies; the worst exit code of the passes."""
    environment.prepare("requirements-dev.lock")
    postgres, redis, chromium = find_postgres(), find_redis(), find_chromium(SHELLS)
    found = {"TEST_POSTGRES_URL": postgres or "", "TEST_REDIS_URL": redis or "", "CHROMIUM": chromium or ""}
    results = [one_pass("SQLite", args, {**found, "DATABASE_URL": ""})]
    if postgres:
        results.append(one_pass("PostgreSQL", args, {**found, "DATABASE_URL": postgres}))
    left_out = tell_what_was_left_out(postgres, redis, chromium)
    if left_out and os.environ.get("REQUIRE_ALL") == "1":
        print("REQUIRE_ALL=1 asks for everything, so this run fails.", flush=True)
        return 1
    return verdict(results)


def one_pass(name: str, args: list[str], env: dict[str, str]) -> int:
    """One run of pytest on one database; its exit code."""
    print(f"\nTests on {name}", flush=True)
    return python("-m", "pytest", *(args or EVERYTHING), env=surroundings(**env))


def verdict(results: list[int]) -> int:
    """0 when all passed. A pass that had nothing to run (the tests named belong to the other) does not count."""
    ran = [code for code in results if code != NOTHING_COLLECTED]
    if not ran:
        print("No test matches.", flush=True)
        return NOTHING_COLLECTED
    return next((code for code in ran if code), 0)


def find_postgres() -> str | None:
    """The address of a PostgreSQL on which we may create databases: the one named, else a usual local one."""
    named = os.environ.get("TEST_POSTGRES_URL")
    for url in [named] if named else LOCAL_POSTGRES:
        if run_quietly(str(PYTHON), "-c", MAY_CREATE, url)[0] == 0:
            return url
    return None


def find_redis() -> str | None:
    """The address of a Redis database that tests may empty."""
    url = os.environ.get("TEST_REDIS_URL") or LOCAL_REDIS
    return url if run_quietly(str(PYTHON), "-c", ANSWERS_PING, url)[0] == 0 else None


def find_chromium(rather: tuple[str, ...] = ()) -> str | None:
    """The system's Chromium: the one named, else the first on the path, of others than the usual those first."""
    named = os.environ.get("CHROMIUM")
    return next(filter(None, map(shutil.which, [named] if named else [*rather, *CHROMIUMS])), None)


def tell_what_was_left_out(postgres: str | None, redis: str | None, chromium: str | None) -> list[str]:
    """Say plainly what could not run here, and how to have it."""
    remedies = {
        "the tests on PostgreSQL": (postgres, "start one and set TEST_POSTGRES_URL=postgresql://user@host/name"),
        "the tests with Redis": (redis, "start one and set TEST_REDIS_URL=redis://host:6379/15"),
        "the browser tests": (chromium, "install Chromium, or set CHROMIUM=/path/to/it"),
    }
    left_out = [f"Skipped: {what}. To have them, {how}." for what, (found, how) in remedies.items() if not found]
    everything = "Nothing was left out: SQLite, PostgreSQL, Redis and Chromium were all here."
    print("\n" + ("\n".join(left_out) or everything), flush=True)
    return left_out
