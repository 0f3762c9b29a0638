"""How many members organisations have, those below counted with them; somebody in two of them is one person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

COUNTS = """
WITH RECURSIVE branch(top, place) AS (
    SELECT id, id FROM accounts_organisation WHERE id IN ({tops})
    UNION ALL SELECT branch.top, below.id FROM accounts_organisation below JOIN branch ON below.parent_id = branch.place
)
SELECT branch.top, COUNT(DISTINCT CASE WHEN branch.top = branch.place THEN membership.user_id END),
    COUNT(DISTINCT membership.user_id)
FROM branch JOIN accounts_membership membership ON membership.organisation_id = branch.place
WHERE membership.from_day <= %s AND (membership.to_day IS NULL OR membership.to_day > %s)
GROUP BY branch.top
"""


@dataclass(frozen=True)
class Members:
    """People: members of the organisation itself, and of it with those below it."""

    own: int = 0
    together: int = 0


def member_counts(today: date, tops: Iterable[int]) -> dict[int, Members]:
    """By the id of each of these that has any member on the day, in it or below it; one query, none for none."""
    wanted = sorted(set(tops))
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        query = COUNTS.format(tops=", ".join(["%s"] * len(wanted)))
        cursor.execute(query, [*wanted, today.isoformat(), today.isoformat()])
        return {organisation: Members(own, together) for organisation, own, together in cursor.fetchall()}
