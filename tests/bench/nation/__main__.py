"""`make nation ARGS="--citizens 100000"`: makes a nation on a PostgreSQL of its own and measures the portal with it.

With DATABASE_URL the nation is made in that (empty) database and stays; with `--there` it is there already.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import StringIO
from pathlib import Path

from tests.bench.nation.pages import EXPORTS, NATION, OTHERS, REPORTS
from tests.server import ThrowawayPostgres

MINUTE = 60  # seconds that a table of a hundred thousand members may take
MEMORY = 150  # MB above idle that an export may take
CURRICULUM = "lessons/curriculum"
SIZES = """
SELECT relname, (SELECT reltuples FROM pg_class WHERE oid = relid)::bigint, pg_total_relation_size(relid) / 1048576
FROM pg_stat_user_tables ORDER BY 3 DESC, 1 LIMIT 16
"""


def main() -> None:
    wish = _wish()
    with tempfile.TemporaryDirectory(prefix="portal-nation-") as folder, _postgres(Path(folder)) as url:
        os.environ |= {"DEMO": "1", "DEBUG": "0", "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "portal.settings"}
        os.environ |= {"VAR_DIR": f"{folder}/var", "LOG_LEVEL": "ERROR", "SECRET_KEY": "only-for-measuring" + "0" * 40}
        Path(folder, "var").mkdir()
        import django

        django.setup()
        from django.core.management import call_command

        if not wish.there:
            _furnish(wish)
        call_command("collectstatic", verbosity=0, interactive=False)
        _measure(wish)
        _let_go()


def _wish() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make nation ARGS=", description=__doc__)
    parser.add_argument("--citizens", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=50, help="requests of each page")
    parser.add_argument("--there", action="store_true", help="the nation is in DATABASE_URL already")
    parser.add_argument("--only", nargs="*", choices=list(PARTS), default=list(PARTS))
    return parser.parse_args()


@contextmanager
def _postgres(folder: Path) -> Iterator[str]:
    """The database named, else one on a server of its own that is gone afterwards."""
    named = os.environ.get("DATABASE_URL", "")
    if named.startswith("postgres"):
        yield named
        return
    server = ThrowawayPostgres(folder)
    server.start()
    try:
        yield server.url
    finally:
        server.stop()


def _furnish(wish: argparse.Namespace) -> None:
    from django.core.management import call_command

    _told("migrate", lambda: call_command("migrate", verbosity=0))
    _told("curriculum", lambda: call_command("read_package", CURRICULUM, stdout=StringIO()))
    _told("nation", lambda: call_command("make_nation", citizens=wish.citizens))


def _measure(wish: argparse.Namespace) -> None:
    from tests.bench.nation.measuring import known_of

    known = known_of(date.fromisoformat(_one("SELECT MAX(day)::text FROM quizzes_progressevent")))
    for name in wish.only:
        print(f"\n{name}; {_load()}", flush=True)
        PARTS[name](known, wish.rounds)


def _sizes(_known: object, _rounds: int) -> None:
    from django.db import connection

    print(f"  on disk: {_one('SELECT pg_size_pretty(pg_database_size(current_database()))')}")
    with connection.cursor() as cursor:
        cursor.execute(SIZES)
        for table, rows, size in cursor.fetchall():
            print(f"  {rows:>12,} rows {size:>7,} MB  {table}")


def _counts(_known: object, _rounds: int) -> None:
    from django.core.management import call_command, get_commands

    if "count_reports" not in get_commands():
        print("  the portal keeps no counts")
        return
    _told("  rebuilt", lambda: call_command("count_reports", rebuild=True))
    _told("  brought up to date", lambda: call_command("count_reports"))
    print(f"  on disk: {_one('SELECT pg_size_pretty(pg_database_size(current_database()))')}")


def _reports(known: object, rounds: int) -> None:
    from tests.bench.nation.measuring import BUDGET, measure_pages

    measure_pages(REPORTS, known, rounds, budget=BUDGET)  # type: ignore[arg-type]


def _raw(known: object, rounds: int) -> None:
    from tests.bench.nation.measuring import measure_raw

    measure_raw(known, min(rounds, 5))  # type: ignore[arg-type]


def _others(known: object, rounds: int) -> None:
    from tests.bench.nation.measuring import measure_pages

    measure_pages(OTHERS, known, min(rounds, 15))  # type: ignore[arg-type]


def _exports(_known: object, _rounds: int) -> None:
    for path in EXPORTS:
        command = [sys.executable, "-m", "tests.bench.nation.download", path, NATION]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"  {path}: {done.stderr.strip().splitlines()[-1]}")
            continue
        told = json.loads(done.stdout.splitlines()[-1])
        above = (told["peak"] - told["idle"]) / 1024
        verdict = "kept" if above < MEMORY else "NOT KEPT"
        print(f"  {path}: {told['seconds']:.0f} s, {told['bytes'] // 1_000_000} MB, ", end="")
        print(f"memory {above:.0f} MB above idle (budget {MEMORY}: {verdict})", flush=True)


def _members(_known: object, _rounds: int) -> None:
    for worker in ("0", "1"):
        command = [sys.executable, "-m", "tests.bench.nation.members"]
        env = os.environ | {"WORKER": worker}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
        if done.returncode:
            print(f"  {done.stderr.strip().splitlines()[-1]}")
            continue
        told = json.loads(done.stdout.splitlines()[-1])
        way = "by a worker" if worker == "1" else "in the request"
        whole = told["looked"] + told["read"]
        verdict = "kept" if whole < MINUTE else "NOT KEPT"
        print(f"  {told['found']['total']:,} lines {way}: looked at in {told['looked']:.1f} s, ", end="")
        print(f"read in {told['read']:.1f} s (budget {MINUTE}: {verdict}); {told['found']}; ", end="")
        print(f"progress told {told['told']} times", flush=True)


PARTS = {
    "sizes": _sizes,
    "counts": _counts,
    "reports": _reports,
    "raw": _raw,
    "others": _others,
    "exports": _exports,
    "members": _members,
}


def _told(name: str, deed: object) -> None:
    begun, used = time.perf_counter(), time.process_time()
    deed()  # type: ignore[operator]
    took, busy = time.perf_counter() - begun, time.process_time() - used
    print(f"{name}: {took:.1f} s, {busy:.1f} s of CPU in this process; {_load()}", flush=True)


def _one(sql: str) -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)
        [value] = cursor.fetchone()
    return str(value)


def _load() -> str:
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def _let_go() -> None:
    from django.db import connections

    connections.close_all()
    for connection in connections.all():
        getattr(connection, "close_pool", lambda: None)()


if __name__ == "__main__":
    main()
