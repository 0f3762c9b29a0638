"""Saving values of local facts: as drafts, all or none, and never over what somebody else saved meanwhile."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from lessons.models import LocalFact, LocalFactValue
from portal.accounts.audit import record
from portal.accounts.models import User
from portal.studio.authorship import sign
from portal.studio.facts.standing import ValueStanding, live_values, values_by_fact
from portal.studio.standing import OPEN


@dataclass(frozen=True)
class TypedValue:
    """What came back from the field of one value, with the mark that it was given out with."""

    standing: ValueStanding
    value: str
    mark: str

    @property
    def place(self) -> tuple[int, str]:
        return self.standing.fact.pk, self.standing.language

    @property
    def untouched(self) -> bool:
        """Whether it came back as it was given out."""
        return self.mark.rpartition(".")[2] == digest(self.value)


class NotSaved(Exception):
    """Nothing was saved, because of these values, which are given as they stand now."""

    def __init__(self, values: Iterable[ValueStanding]) -> None:
        self.values = list(values)
        super().__init__(", ".join(each.slug for each in self.values))


class ChangedMeanwhile(NotSaved):
    """Somebody else saved or published them since the form was opened."""


class UnderReview(NotSaved):
    """They were sent to review, where they wait unchanged."""


def digest(value: str) -> str:
    return hashlib.blake2b(value.encode(), digest_size=12).hexdigest()


def mark_of(standing: ValueStanding) -> str:
    """What a field is given out with: which rows it began from, and the words."""
    rows = [str(row.pk) if row else "0" for row in (standing.published, standing.working)]
    return ".".join([*rows, digest(standing.current)])


@transaction.atomic
def save(by: User, typed: Sequence[TypedValue]) -> list[ValueStanding]:
    """Save what has changed; returns where these values stood before. Raises ChangedMeanwhile or UnderReview."""
    now = _locked(each.standing.fact.pk for each in typed)
    pairs = [(each, now.get(each.place) or _empty(each.standing)) for each in typed]
    changed = [(each, standing) for each, standing in pairs if _has_changed(each, standing)]
    if moved := [standing for each, standing in changed if each.mark != mark_of(standing)]:
        raise ChangedMeanwhile(moved)
    if locked := [standing for _each, standing in changed if standing.in_review]:
        raise UnderReview(locked)
    for each, standing in changed:
        _write(standing, each.value, by)
    return [standing for _each, standing in changed]


def _locked(facts: Iterable[int]) -> dict[tuple[int, str], ValueStanding]:
    """The values of these facts as they stand, locked in the order in which publishing locks them."""
    wanted = set(facts)
    opened = LocalFactValue.objects.filter(fact__in=wanted, state__in=OPEN).select_related("fact")
    list(opened.order_by("fact_id", "pk").select_for_update(of=("self", "fact")))
    list(LocalFact.objects.filter(pk__in=wanted).order_by("pk").select_for_update())
    found = values_by_fact(live_values().filter(fact__in=wanted))
    return {(fact, language): each for fact, values in found.items() for language, each in values.items()}


def _empty(standing: ValueStanding) -> ValueStanding:
    return ValueStanding(standing.fact, standing.language, standing.default)


def _has_changed(typed: TypedValue, standing: ValueStanding) -> bool:
    """Whether the person changed it, and it is not what is kept already (the form sent twice)."""
    return not typed.untouched and typed.value != standing.current


def _write(standing: ValueStanding, value: str, by: User) -> None:
    """A draft; an empty value, or one that readers have already, takes the draft back."""
    readers_have = standing.published.value if standing.published else ""
    if value in ("", readers_have):
        _take_back(standing, by)
        return
    row = standing.working or LocalFactValue(fact=standing.fact, language=standing.language)
    row.value, row.author = value, by
    row.save()
    sign(row, by, called=standing.slug)


def _take_back(standing: ValueStanding, by: User) -> None:
    if standing.working:
        standing.working.delete()
        record(by, "draft.discarded", standing.slug)
