"""The one way to ask the database which documents hold which words; each engine answers with its own full text."""

# ruff: noqa: S608 - the SQL is of constants alone, what was typed is given beside it

from typing import Any, Protocol

from django.db import connection

from lessons.search import postgres, sqlite
from lessons.search.order import numbers_of
from lessons.search.tiers import Condition, Part, Phrase, Wanted, tiers

MOST_COUNTED = 100


class Engine(Protocol):
    """`TABLE` holds what `condition` and `beginning` speak of; `ID` is a document's number there."""

    TABLE: str
    ID: str
    ORDER: str

    def hold(self) -> None:
        """One transaction writes the index at a time; the next waits here for the end of this one."""

    def settle(self) -> None:
        """After much was written: what makes asking quick."""

    def condition(self, parts: tuple[Part, ...]) -> Condition:
        """That all of these are so."""

    def beginning(self, stems: Phrase, beginnings: tuple[str, ...]) -> Condition:
        """That the title holds `stems` and a word that begins with one of `beginnings`."""


def engine() -> Engine:
    engines: dict[str, Engine] = {"sqlite": sqlite, "postgresql": postgres}
    return engines[connection.vendor]


def best(wanted: Wanted, language: str, most: int, *, every: bool) -> tuple[list[int], int]:
    """Numbers of the `most` likely documents with `every` thing wanted, or any of them, and how many there are.

    Beyond MOST_COUNTED there are more than that: one more is what it says. One query.
    """
    conditions = [engine().condition(parts) for parts in tiers(wanted, every=every)]
    within = numbers_of(language)
    selects: list[str] = []
    given: list[object] = []
    for at, (holds, words) in enumerate(conditions):
        selects.append(f"t{at} AS MATERIALIZED ({_rows(holds)}{_but(at)} {_first(at)})")
        given += [*words, *within, most]
    holds, words = conditions[-1]
    found = " UNION ALL ".join(f"SELECT id, {at} AS tier FROM t{at}" for at in range(len(conditions)))
    counted = f"SELECT count(*) FROM ({_rows(holds)} LIMIT {MOST_COUNTED + 1}) AS counted"
    sql = f"WITH {', '.join(selects)} SELECT id, ({counted}) FROM ({found}) AS found ORDER BY tier, id"
    rows = _asked(sql, [*given, *words, *within])
    return [pk for pk, _count in rows], rows[0][1] if rows else 0


def beginning(stems: Phrase, beginnings: tuple[str, ...], language: str, most: int) -> list[int]:
    """Numbers of the first documents whose title holds `stems` and a word that begins with one of `beginnings`."""
    holds, words = engine().beginning(stems, beginnings)
    rows = _asked(f"{_rows(holds)} {_first(0)}", [*words, *numbers_of(language), most])
    return [pk for (pk,) in rows]


def _rows(holds: str) -> str:
    return f"SELECT {engine().ID} AS id FROM {engine().TABLE} WHERE {holds} AND {engine().ID} BETWEEN %s AND %s"


def _but(tier: int) -> str:
    """Without what was found before."""
    return "".join(f" AND {engine().ID} NOT IN (SELECT id FROM t{before})" for before in range(tier))


def _first(tier: int) -> str:
    """As many as are left."""
    taken = "".join(f" - (SELECT count(*) FROM t{before})" for before in range(tier))
    return f"ORDER BY {engine().ORDER} LIMIT (SELECT CAST(%s AS integer){taken})"


def _asked(sql: str, given: list[Any]) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())
