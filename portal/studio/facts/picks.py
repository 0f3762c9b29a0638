"""Values of local facts that are drafts, as somebody picks them for a release."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from lessons.models import LocalFactValue, State
from portal.studio.facts.groups import grouped
from portal.studio.facts.reviewed import labels_of
from portal.studio.languages import language_name
from portal.studio.models import Release
from portal.studio.picks import Pick, PickGroup

MOST_OF_LABEL, MOST_OF_VALUE = 70, 90


@dataclass(frozen=True)
class _Values:
    key: str
    picks: list[Pick]


def picks_of_facts(language: str, release: Release | None = None) -> list[PickGroup]:
    """Every draft value, or those that the release holds and what else is a draft beside them. Two queries."""
    rows = LocalFactValue.objects.filter(state=State.DRAFT).select_related("fact").order_by("fact__key", "language")
    values = list(rows)
    if release is not None and not release.facts.exists():
        return []
    labels = labels_of({value.fact_id for value in values}, language)
    lines: dict[str, _Values] = {}
    for value in values:
        line = lines.setdefault(value.fact.key, _Values(value.fact.key, []))
        line.picks.append(_pick(value, labels.get(value.fact_id, value.fact.key)))
    return [_group(title, members) for _slug, title, members in grouped(lines.values())]


def _group(title: str, members: Iterable[_Values]) -> PickGroup:
    picks = [pick for each in members for pick in each.picks]
    return PickGroup(title, picks[0].url, picks)


def _pick(value: LocalFactValue, label: str) -> Pick:
    called = Truncator(label.partition(" (")[0]).chars(MOST_OF_LABEL)  # how it is to be put says the page of facts
    name = language_name(value.language) if value.language else _("in every language")
    said = Truncator(value.value).chars(MOST_OF_VALUE)
    url = f"{reverse('studio:facts')}#{value.fact.key}"
    return Pick(f"fact-{value.pk}", f"{called} · {name}: {said}", url, (value,))
