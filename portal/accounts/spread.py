"""Some people of many, drawn by chance and always the same: those whose id, spread over all numbers, is a small one.

Multiplied by the golden ratio of these numbers, ids in a row are spread evenly (Knuth, TAOCP 6.4). Memberships and
homes are indexed by it, so that PostgreSQL finds a few people of a nation without reading of all the others.
"""

from typing import Any

from django.db.models import BigIntegerField, ExpressionWrapper, F, QuerySet

SPREAD, NUMBERS = 2_654_435_761, 2**32


def spread(person: str) -> ExpressionWrapper[Any]:
    """The id of a person in that field, spread over the numbers below `NUMBERS`."""
    return ExpressionWrapper(F(person) * SPREAD % NUMBERS, output_field=BigIntegerField())


def drawn(rows: QuerySet[Any, Any], share: float, person: str) -> QuerySet[Any, Any]:
    """The rows of about that share of all people, 0 to 1."""
    return rows.alias(spread=spread(person)).filter(spread__lt=int(share * NUMBERS))
