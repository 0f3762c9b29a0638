"""Figures by organisation or region: each place counts everybody who belonged to it or to a place below it.

The tree is walked in the database, so the queries are as many for one place as for a thousand, and somebody who belongs
to two places below one is one person there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F

from portal.accounts.models import Membership, Organisation, Region, Residence
from portal.reports.completion import Asked, Figures, at_the_end

SEATS = """
WITH RECURSIVE branch(top, place) AS (
    SELECT id, id FROM {tree} WHERE id IN ({tops})
    UNION ALL SELECT branch.top, below.id FROM {tree} below JOIN branch ON below.parent_id = branch.place
), seats AS (
    SELECT DISTINCT branch.top AS top, belonging.user_id AS user_id
    FROM {belonging} belonging
    JOIN (SELECT top, place FROM branch UNION ALL SELECT id, id FROM {tree} WHERE id = %s) branch
        ON branch.place = belonging.{place}
    WHERE belonging.from_day <= %s AND (belonging.to_day IS NULL OR belonging.to_day > %s)
)
"""
HEADS = "SELECT top, COUNT(*) FROM seats GROUP BY top"
FIGURES = """
SELECT top, SUM(started), SUM(in_progress), SUM(completed), SUM(expired), SUM(ever), COUNT(*) FROM (
    SELECT seats.top AS top,
        MAX(CASE WHEN told.started_on >= %s THEN 1 ELSE 0 END) AS started,
        MAX(CASE WHEN told.earned_on IS NULL THEN 1 ELSE 0 END) AS in_progress,
        MAX(CASE WHEN told.earned_on >= %s THEN 1 ELSE 0 END) AS completed,
        MAX(CASE WHEN told.ran_out_on <= %s THEN 1 ELSE 0 END) AS expired,
        MAX(CASE WHEN told.earned_on IS NULL THEN 0 ELSE 1 END) AS ever
    FROM ({told}) told LEFT JOIN seats ON seats.user_id = told.person
    GROUP BY seats.top, told.learner_id
) people GROUP BY top
"""


@dataclass(frozen=True)
class Kind:
    """A sort of place: its tree, and the rows that say who belonged where from when to when."""

    tree: type[Organisation] | type[Region]
    belonging: type[Membership] | type[Residence]
    place: str


NOTHING = Figures()
ORGANISATIONS = Kind(Organisation, Membership, "organisation_id")
REGIONS = Kind(Region, Residence, "region_id")


@dataclass(frozen=True)
class Counted:
    """How many belonged to a place, and what those of them did who are asked about."""

    people: int = 0
    figures: Figures = NOTHING


def figures_by_place(kind: Kind, asked: Asked, tops: Sequence[int], alone: int | None) -> dict[int | None, Counted]:
    """By the id of each of `tops`, what is below it with it; `alone` is one more place, without what is below it.

    Under None stand the people asked about who belong to none of these. Two queries.
    """
    since, until = (day.isoformat() for day in asked.period)
    seats, given = _seats(kind, tops, alone, until)
    rows = at_the_end(asked).annotate(person=F("learner__user"))
    told, of_rows = rows.values("learner_id", "person", "started_on", "earned_on", "ran_out_on").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(seats + HEADS, given)
        heads = dict(cursor.fetchall())
        cursor.execute(seats + FIGURES.replace("{told}", told), (*given, since, since, until, *of_rows))
        figures: dict[int | None, Figures] = {top: Figures(*map(int, numbers)) for top, *numbers in cursor.fetchall()}
    return {top: Counted(heads.get(top, 0), figures.get(top, Figures())) for top in {*heads, *figures}}


def _seats(kind: Kind, tops: Sequence[int], alone: int | None, until: str) -> tuple[str, list[Any]]:
    """Who sat where on the last day, as the beginning of a query, and what is to be filled into it."""
    sql = SEATS.format(
        tree=kind.tree._meta.db_table,
        tops=", ".join(["%s"] * len(tops)) or "NULL",
        belonging=kind.belonging._meta.db_table,
        place=kind.place,
    )
    return sql, [*tops, alone, until, until]
