"""How long what is held about people is kept: one table, applied by `apply_retention`, shown on the public page.

A room that holds something for a time says so: `register(of_rows("answers", Kept(months=24), …))`.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.language.formats import number

BATCH = 1000
DAYS_OF_A_MONTH = 365.25 / 12
Rows = Callable[[datetime], QuerySet[Any]]


@dataclass(frozen=True)
class Kept:
    """For how long: a number of months or of days; of neither, until its own day."""

    months: int = 0
    days: int = 0

    def until(self, now: datetime) -> datetime:
        """What is older than this moment goes."""
        return now - timedelta(days=round(self.months * DAYS_OF_A_MONTH) + self.days)

    @property
    def words(self) -> str:
        if self.months:
            return ngettext("%(count)s month", "%(count)s months", self.months) % {"count": number(self.months)}
        if self.days:
            return ngettext("%(count)s day", "%(count)s days", self.days) % {"count": number(self.days)}
        return _("until its time is over")


@dataclass(frozen=True)
class Rule:
    """`what` is kept for so long, and `then` says what happens. `due` counts what would go now; `apply` lets it go."""

    name: str
    kept: Kept
    what: Any
    then: Any
    due: Callable[[datetime], int]
    apply: Callable[[datetime], int]


_rules: dict[str, Rule] = {}


def register(rule: Rule) -> None:
    _rules[rule.name] = rule


def rules() -> tuple[Rule, ...]:
    return tuple(_rules.values())


def of_rows(
    name: str, kept: Kept, what: Any, then: Any, rows: Rows, end: Callable[[Collection[Any]], object] | None = None
) -> Rule:
    """The rule that `end(ids)` is done to `rows(before)`, which must not find them any more; without it they go."""

    def due(now: datetime) -> int:
        return rows(kept.until(now)).count()

    def apply(now: datetime) -> int:
        return _in_batches(rows(kept.until(now)), end)

    return Rule(name, kept, what, then, due, apply)


def apply_all(now: datetime | None = None, only: str = "") -> dict[str, int]:
    """Applies each rule; how many rows or people each has let go, by its name."""
    moment = now or timezone.now()
    return {rule.name: rule.apply(moment) for rule in rules() if only in ("", rule.name)}


def would_go(now: datetime | None = None, only: str = "") -> dict[str, int]:
    """How many would go by each rule; changes nothing."""
    moment = now or timezone.now()
    return {rule.name: rule.due(moment) for rule in rules() if only in ("", rule.name)}


def _in_batches(rows: QuerySet[Any], end: Callable[[Collection[Any]], object] | None) -> int:
    """A transaction a batch: broken off, it goes on where it was. Returns how many rows were met."""
    count = 0
    before: list[Any] = []
    while True:
        ids = list(rows.order_by().values_list("pk", flat=True)[:BATCH])
        if not ids or ids == before:
            return count
        with transaction.atomic():
            if end is None:
                rows.model._default_manager.filter(pk__in=ids).delete()
            else:
                end(ids)
        count, before = count + len(ids), ids
