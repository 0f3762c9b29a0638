"""The sheet on which a run notes changes before it adds them to the counts: a table that lasts as long as the run."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Self

from django.db import connection

from portal.reports.models import MEASURES

Row = tuple[int, int, int, tuple[int, ...]]  # segment, subject, day as a number, values
NAMES = ", ".join(MEASURES)
SUMS = ", ".join(f"SUM({name})" for name in MEASURES)
ADDED = ", ".join(f"{name} = {{table}}.{name} + excluded.{name}" for name in MEASURES)
ANY = " OR ".join(f"SUM({name}) <> 0" for name in MEASURES)
NONE = " AND ".join(f"{name} = 0" for name in MEASURES)
COLUMNS = ", ".join(f"{name} integer NOT NULL" for name in MEASURES)

MAKE = f"""
CREATE TEMPORARY TABLE counted (segment_id bigint NOT NULL, subject integer NOT NULL, day date NOT NULL, {COLUMNS})
"""
NOTE = f"INSERT INTO counted VALUES (%s, %s, %s, {', '.join(['%s'] * len(MEASURES))})"  # noqa: S608
ROLL_UP = f"""
INSERT INTO counted SELECT part.whole_id, subject, day, {SUMS}
FROM counted JOIN reports_segmentpart part ON part.part_id = counted.segment_id
GROUP BY part.whole_id, subject, day HAVING {ANY}
"""  # noqa: S608 - names of ours
WHOLES = f"""
INSERT INTO counted SELECT part.whole_id, subject, day, {SUMS}
FROM reports_daycount JOIN reports_segmentpart part ON part.part_id = reports_daycount.segment_id
WHERE part.whole_id IN ({{segments}}) GROUP BY part.whole_id, subject, day HAVING {ANY}
"""  # noqa: S608
ADD_DAYS = f"""
INSERT INTO reports_daycount (segment_id, subject, day, {NAMES})
SELECT segment_id, subject, day, {SUMS} FROM counted GROUP BY segment_id, subject, day HAVING {ANY}
ORDER BY segment_id, subject, day
ON CONFLICT (segment_id, subject, day) DO UPDATE SET {ADDED.format(table="reports_daycount")}
"""  # noqa: S608
ADD_MONTHS = f"""
INSERT INTO reports_monthcount (segment_id, subject, month, {NAMES})
SELECT segment_id, subject, {{month}}, {SUMS} FROM counted JOIN reports_segment ON reports_segment.id = segment_id
WHERE reports_segment.sort <> 'group' GROUP BY 1, 2, 3 HAVING {ANY} ORDER BY 1, 2, 3
ON CONFLICT (segment_id, subject, month) DO UPDATE SET {ADDED.format(table="reports_monthcount")}
"""  # noqa: S608
MONTH = {"postgresql": "CAST(date_trunc('month', day) AS date)", "sqlite": "date(day, 'start of month')"}
ROOMY = "SET LOCAL work_mem = '256MB'"  # PostgreSQL only: all rows of a nation are gone through
CLEAR = ("DELETE FROM reports_daycount WHERE {none}", "DELETE FROM reports_monthcount WHERE {none}")


class Sheet:
    """To be used within a transaction: `with Sheet() as sheet`."""

    def __enter__(self) -> Self:
        self._run("DROP TABLE IF EXISTS counted", MAKE)
        return self

    def __exit__(self, *failed: object) -> None:
        if not any(failed):
            self._run("DROP TABLE counted")

    def note(self, rows: Iterable[Row]) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy("COPY counted FROM STDIN") as copy:
                    for block in _blocks(rows):
                        copy.write(block)
            else:
                cursor.executemany(NOTE, [(one[0], one[1], _iso(one[2]), *one[3]) for one in rows])

    def add_up(self) -> None:
        """Adds what is noted to the counts, that of parts to what they are parts of as well."""
        if connection.vendor == "postgresql":
            self._run(ROOMY, "ANALYZE counted", "ANALYZE reports_segmentpart")
        self._run(ROLL_UP, ADD_DAYS, ADD_MONTHS.replace("{month}", MONTH[connection.vendor]))
        self._run(*(statement.format(none=NONE) for statement in CLEAR))

    def add_wholes(self, segments: Iterable[int]) -> None:
        """Counts these anew from the days of their parts; nothing may be noted yet, and nothing is afterwards."""
        numbers = ", ".join(map(str, segments))
        self._run(
            WHOLES.format(segments=numbers),
            ADD_DAYS,
            ADD_MONTHS.replace("{month}", MONTH[connection.vendor]),
            "DELETE FROM counted",
        )

    def _run(self, *statements: str) -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def _blocks(rows: Iterable[Row], size: int = 2000) -> Iterator[str]:
    """Lines as COPY takes them, many at once."""
    lines: list[str] = []
    for segment, subject, day, values in rows:
        lines.append(f"{segment}\t{subject}\t{_iso(day)}\t{_cells(values)}\n")
        if len(lines) == size:
            yield "".join(lines)
            lines.clear()
    yield "".join(lines)


@lru_cache(maxsize=20_000)
def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


@lru_cache(maxsize=20_000)
def _cells(values: tuple[int, ...]) -> str:
    return "\t".join(map(str, values))
