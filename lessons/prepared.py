"""A query that every page of a signed-in person asks, its SQL composed once: composing takes longer than running it."""

from collections.abc import Callable
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
STAND_IN = -740_031_862_115  # a number that stands in no query for anything else


class Prepared(Generic[M]):
    """`build(number)` is the query; called with a number, its rows are read with the SQL of the first call.

    The number may only stand where it is a parameter: a primary key or a foreign key, compared by equality.
    ValueError for a query that it is no part of.
    """

    def __init__(self, build: Callable[[int], QuerySet[M]]) -> None:
        self._build = build
        self._composed: tuple[type[M], str, tuple[object, ...]] | None = None

    def __call__(self, number: int) -> list[M]:
        model, sql, parameters = self._composed or self._compose()
        given = [number if one == STAND_IN else one for one in parameters]
        return list(model._base_manager.raw(sql, given))

    def _compose(self) -> tuple[type[M], str, tuple[object, ...]]:
        rows = self._build(STAND_IN)
        sql, parameters = rows.query.sql_with_params()
        if STAND_IN not in parameters:
            raise ValueError(sql)
        self._composed = rows.model, sql, parameters
        return self._composed
