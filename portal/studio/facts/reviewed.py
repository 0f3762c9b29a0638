"""The values of local facts in a release, each beside what readers have now."""

from collections.abc import Iterable
from dataclasses import dataclass

from lessons.fact_values import doubts_of
from lessons.models import LocalFactText, LocalFactValue
from lessons.words import preferring
from portal.studio.comparison import Change, change
from portal.studio.facts.uses import Uses, uses_by_fact
from portal.studio.languages import direction, language_name, written_languages
from portal.studio.models import Release


@dataclass(frozen=True)
class FactReview:
    """`before` is what readers have, or had until the release went out; `uses` is None where nothing names the fact."""

    value: LocalFactValue
    label: str
    name: str
    direction: str
    change: Change
    doubts: list[str]
    uses: Uses | None


def labels_of(facts: Iterable[int], language: str) -> dict[int, str]:
    """What facts are called, in the language where they have a name in it. One query."""
    rows = LocalFactText.objects.filter(fact__in=list(facts)).order_by(preferring(language).desc(), "-pk")
    return dict(rows.values_list("fact", "label"))


def reviewed_facts(release: Release, language: str) -> list[FactReview]:
    """Seven queries and one a language, however many values there are; none but one where there is none."""
    values = list(release.facts.select_related("fact").order_by("fact__key", "language"))
    if not values:
        return []
    labels, uses = labels_of({value.fact_id for value in values}, language), uses_by_fact(language)
    before = _before(values)
    return [
        FactReview(
            value,
            labels.get(value.fact_id, value.fact.key),
            language_name(value.language) if value.language else "",
            direction(value.language) if value.language else "auto",
            change("", before[value.pk], value.value),
            doubts_of(value.fact.key, value.fact.kind, value.language, value.value),
            uses.get(value.fact.key),
        )
        for value in values
    ]


def _before(values: list[LocalFactValue]) -> dict[int, str]:
    """What stood in the place of each: the value published before it, or else the default phrase."""
    facts = {value.fact_id for value in values}
    former = LocalFactValue.objects.filter(fact__in=facts, published_at__isnull=False).order_by("published_at", "pk")
    public: dict[int, str] = {}
    for old in former:
        for new in values:
            same = (old.fact_id, old.language) == (new.fact_id, new.language) and old.pk != new.pk
            if same and _came_before(old, new):
                public[new.pk] = old.value
    fallback = written_languages()[0]
    keys = {value.fact.key for value in values}
    phrases = {code: _defaults(keys, code) for code in {value.language or fallback for value in values}}
    return {
        value.pk: public.get(value.pk) or phrases[value.language or fallback].get(value.fact.key, "")
        for value in values
    }


def _came_before(old: LocalFactValue, new: LocalFactValue) -> bool:
    return new.published_at is None or (old.published_at is not None and old.published_at < new.published_at)


def _defaults(keys: set[str], language: str) -> dict[str, str]:
    rows = LocalFactText.objects.filter(fact__key__in=keys).order_by(preferring(language).desc())
    return dict(rows.values_list("fact__key", "default"))
