"""Asking for pages over the whole HTTP stack in this process, and what it takes."""

import statistics
import time
from collections.abc import Iterable
from datetime import date
from random import Random
from typing import Any

from tests.bench.nation.pages import EVERYBODY, PLACES, RAW, SUPERUSER, Known, Page

ROUNDS, WARM = 50, 3
BUDGET = 300  # milliseconds at the 95th percentile of a report


def known_of(until: date) -> Known:
    from lessons.models import Course
    from portal.accounts.branches import organisations_open_to, regions_open_to
    from portal.accounts.models import User

    codes = {}
    for reader in EVERYBODY:
        user = User.objects.get(email=f"{reader}@nation.example")
        for kind, read in (("organisation", organisations_open_to), ("region", regions_open_to)):
            if kind in PLACES[reader]:
                codes[reader, kind] = tuple(place.code for _depth, place in read(user, until, "en").walk())
    return Known(until, tuple(Course.objects.values_list("key", flat=True)), codes)


def client_of(reader: str) -> Any:
    """A browser in which that member of staff is logged in."""
    from django.test import Client

    import portal.wsgi  # noqa: F401 - a process that serves has loaded it
    from portal.accounts.models import User

    client = Client(headers={"host": "localhost"})
    email = f"{reader}@nation.example"
    if reader == SUPERUSER and not User.objects.filter(email=email).exists():
        User.objects.create_superuser(email, display_name=reader)
    client.force_login(User.objects.get(email=email))
    return client


def measure_pages(pages: Iterable[Page], known: Known, rounds: int, *, budget: int | None = None) -> None:
    """Prints one line a page and reader."""
    for page in pages:
        for reader in page.readers:
            print(f"  {page.name}, {reader}: {_page(page, reader, known, rounds, budget)}", flush=True)


def _page(page: Page, reader: str, known: Known, rounds: int, budget: int | None) -> str:
    client, chance = client_of(reader), Random(f"{page.name} {reader}")
    taken, busy, size = [], [], 0
    for number in range(rounds + WARM):
        query = page.ask(known, reader, chance)
        begun, used = time.perf_counter(), time.process_time()
        response = client.get(page.path, query)
        if response.status_code != 200:
            return f"{response.status_code} instead of a page ({query})"
        size = len(response.getvalue())
        if number >= WARM:
            taken.append((time.perf_counter() - begun) * 1000)
            busy.append((time.process_time() - used) * 1000)
    late = percentile(taken, 95)
    verdict = "" if budget is None else f", budget {budget}: {'kept' if late <= budget else 'NOT KEPT'}"
    times = f"p50 {statistics.median(taken):.0f} ms, p95 {late:.0f} ms, CPU here {statistics.median(busy):.0f} ms"
    return f"{times}, {size // 1024} KB{verdict}"


def measure_raw(known: Known, rounds: int) -> None:
    """Prints how long the database takes to group the raw rows for one figure of each report."""
    chance = Random("raw")
    for name, sql in RAW.items():
        taken = [_grouped(sql, known.period(chance)) for _round in range(rounds)]
        print(f"  {name}, GROUP BY: p50 {statistics.median(taken):.0f} ms, p95 {percentile(taken, 95):.0f} ms")


def _grouped(sql: str, period: dict[str, str]) -> float:
    """Milliseconds until all groups are there."""
    from django.db import connection

    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(sql, period)
        cursor.fetchall()
    return (time.perf_counter() - begun) * 1000


def percentile(values: list[float], share: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]
