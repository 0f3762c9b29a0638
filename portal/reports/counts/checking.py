"""Whether the kept counts are right: the same counted from the raw rows by the database, for any day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from portal.reports.counts.raw_counts import FLOW_OF_DAY, STANDING
from portal.reports.counts.rows import sums
from portal.reports.counts.sheet import ROOMY
from portal.reports.counts.subjects import Subject, subject_of
from portal.reports.models import MEASURES, DayCount, Segment
from portal.reports.models.counts import FLOW, STOCK

Figures = dict[tuple[str, int, int], tuple[int, ...]]  # by sort of place, place, code of the subject
FIELDS = {"region": "segment__region", "organisation": "segment__organisations__organisation"}
SORTS = {"region": Segment.Sort.REGION, "organisation": Segment.Sort.GROUP}
NAMES = ", ".join(MEASURES)
MINUS = ", ".join(f"-SUM({name})" for name in MEASURES)
WRONG = " OR ".join(f"SUM({name}) <> 0" for name in MEASURES)
MONTHS = f"""
SELECT segment_id, subject, month FROM (
    SELECT segment_id, subject, month, {NAMES} FROM reports_monthcount
    UNION ALL SELECT segment_id, subject, {{month}}, {MINUS} FROM reports_daycount
    JOIN reports_segment ON reports_segment.id = segment_id WHERE sort <> 'group' GROUP BY 1, 2, 3
) told GROUP BY segment_id, subject, month HAVING {WRONG}
"""  # noqa: S608 - names of ours, here and below
WHOLES = f"""
SELECT segment_id, subject, day FROM (
    SELECT segment_id, subject, day, {NAMES} FROM reports_daycount
    JOIN reports_segment ON reports_segment.id = segment_id WHERE sort IN ('whole', 'branch')
    UNION ALL SELECT part.whole_id, subject, day, {MINUS} FROM reports_daycount
    JOIN reports_segmentpart part ON part.part_id = segment_id GROUP BY 1, 2, 3
) told GROUP BY segment_id, subject, day HAVING {WRONG}
"""  # noqa: S608
MONTH = {"postgresql": "CAST(date_trunc('month', day) AS date)", "sqlite": "date(day, 'start of month')"}


@dataclass(frozen=True)
class Difference:
    """What is kept of a place and subject and what the raw rows say, each as a line of figures."""

    day: date
    place: str
    subject: Subject
    kept: tuple[int, ...]
    raw: tuple[int, ...]


def differences(days: Iterable[date]) -> Iterator[Difference]:
    """Where the kept counts of these days are not what the raw rows say, of every region and organisation.

    Told are how things stood at the end of the day, then what happened on it.
    """
    for day in days:
        for statement, kept, measures in (
            (STANDING, DayCount.objects.filter(day__lte=day), STOCK),
            (FLOW_OF_DAY, DayCount.objects.filter(day=day), FLOW),
        ):
            raw, known = _raw(statement, day), _kept(kept, measures)
            for key in sorted(raw.keys() | known.keys()):
                nothing = (0,) * len(measures)
                was, should = known.get(key, nothing), raw.get(key, nothing)
                if was != should:
                    yield Difference(day, f"{key[0]} {key[1]}", subject_of(key[2]), was, should)


def sums_that_are_wrong() -> Iterator[str]:
    """Months that are not the sum of their days, wholes and branches that are not the sum of their parts."""
    for words, statement in (("month", MONTHS.replace("{month}", MONTH[connection.vendor])), ("sum", WHOLES)):
        for segment, code, day in _rows(statement, []):
            yield f"{words} {day} of segment {segment}, {subject_of(code)}"


def _raw(statement: str, day: date) -> Figures:
    told = _rows(statement, [day.isoformat()] * statement.count("%s"))
    found = {(sort, place, code): tuple(map(int, values)) for sort, place, code, *values in told}
    return {key: values for key, values in found.items() if any(values)}


def _kept(rows: Any, measures: tuple[str, ...]) -> Figures:
    found: Figures = {}
    for sort, field in FIELDS.items():
        told = sums([rows.filter(segment__sort=SORTS[sort]).order_by()], [field, "subject"], measures)
        for (place, code), values in told.items():
            found[sort, place, code] = tuple(values.values())
    return {key: values for key, values in found.items() if any(values)}


def _rows(statement: str, given: list[str]) -> list[Any]:
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(ROOMY)
        cursor.execute(statement, given)
        return list(cursor.fetchall())
