"""Words in the reader's language, or else in another, found in the same query as what they belong to."""

from typing import Any

from django.db.models import Case, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.utils.translation import get_language


def reader_language() -> str:
    """The language of the page that is being made, as `ar` or `en`."""
    return (get_language() or "en").split("-")[0]


def preferring(language: str, field: str = "language") -> Case:
    """An ordering that puts rows in `language` first."""
    return Case(When(**{field: language}, then=Value(0)), default=Value(1), output_field=IntegerField())


def in_language(texts: QuerySet[Any], owner: str, field: str, language: str, outer: str = "pk") -> Subquery:
    """`field` of the text row whose `owner` is the outer row, in `language` where there is one."""
    rows = texts.filter(**{owner: OuterRef(outer)}).order_by(preferring(language), "pk")
    return Subquery(rows.values(field)[:1])
