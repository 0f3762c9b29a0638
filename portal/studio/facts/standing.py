"""Where each local fact stands: its default phrase, this country's value, and what is being written."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db.models import QuerySet

from lessons.fact_values import doubts_of
from lessons.models import LocalFact, LocalFactText, LocalFactValue, State
from portal.studio.languages import direction, language_name, written_languages
from portal.studio.standing import OPEN

EVERY = ""
"""The language of a value that is the same in all."""


@dataclass(frozen=True)
class ValueStanding:
    """A fact's value in one language, or in every one; `working` is its newest row that is a draft or in review."""

    fact: LocalFact
    language: str
    default: str = ""
    published: LocalFactValue | None = None
    working: LocalFactValue | None = None

    @property
    def current(self) -> str:
        """What an editor goes on from."""
        row = self.working or self.published
        return row.value if row else ""

    @property
    def in_review(self) -> bool:
        return self.working is not None and self.working.state == State.IN_REVIEW

    @property
    def is_draft(self) -> bool:
        return self.working is not None and self.working.state == State.DRAFT

    @property
    def states(self) -> tuple[str, ...]:
        said = {"published": self.published, "draft": self.is_draft, "in_review": self.in_review}
        return tuple(state for state, holds in said.items() if holds)

    @property
    def name(self) -> str:
        """The name of its language; "" where it is for all."""
        return language_name(self.language) if self.language else ""

    @property
    def direction(self) -> str:
        return direction(self.language) if self.language else "auto"

    @property
    def slug(self) -> str:
        return f"{self.fact.key}-{self.language or 'all'}"

    @property
    def doubts(self) -> list[str]:
        """What may be better in what is kept."""
        return doubts_of(self.fact.key, self.fact.kind, self.language, self.current) if self.current else []


@dataclass(frozen=True)
class FactStanding:
    """A fact with what it is called in the reader's language, and its values."""

    fact: LocalFact
    label: str
    values: list[ValueStanding] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.fact.key

    @property
    def is_set(self) -> bool:
        """Whether readers of every language have this country's value."""
        has = {each.language for each in self.values if each.published}
        return EVERY in has or has.issuperset(written_languages())

    @property
    def has_open(self) -> bool:
        return any(each.working for each in self.values)


def fact_standings(language: str) -> list[FactStanding]:
    """Every fact, by key. Three queries."""
    texts: dict[int, dict[str, LocalFactText]] = defaultdict(dict)
    for text in LocalFactText.objects.order_by("pk"):
        texts[text.fact_id][text.language] = text
    rows = values_by_fact(live_values())
    return [
        FactStanding(fact, _label(texts[fact.pk], language, fact.key), _values(fact, texts[fact.pk], rows[fact.pk]))
        for fact in LocalFact.objects.order_by("key", "pk")
    ]


def live_values() -> QuerySet[LocalFactValue]:
    """The rows that matter, the oldest first."""
    return LocalFactValue.objects.filter(state__in=(*OPEN, State.PUBLISHED)).select_related("fact").order_by("pk")


def values_by_fact(rows: Iterable[LocalFactValue]) -> dict[int, dict[str, ValueStanding]]:
    """By fact id and language, from rows of which the newest comes last and each knows its fact's id."""
    found: dict[int, dict[str, ValueStanding]] = defaultdict(dict)
    for row in rows:
        so_far = found[row.fact_id].get(row.language) or ValueStanding(row.fact, row.language)
        is_public = row.state == State.PUBLISHED
        fresh = replace(so_far, published=row) if is_public else replace(so_far, working=row)
        found[row.fact_id][row.language] = fresh
    return found


def fields_of(fact: LocalFact) -> list[str]:
    """The languages in which a value of its kind is asked for: words in each, anything else once for all."""
    return written_languages() if fact.kind == LocalFact.Kind.TEXT else [EVERY]


def _values(fact: LocalFact, texts: dict[str, LocalFactText], rows: dict[str, ValueStanding]) -> list[ValueStanding]:
    """One for each field, and one for whatever else was set elsewhere."""
    asked = fields_of(fact)
    languages = [*asked, *(language for language in sorted(rows) if language not in asked)]
    return [
        replace(rows.get(language) or ValueStanding(fact, language), fact=fact, default=_default(texts, language))
        for language in languages
    ]


def _default(texts: dict[str, LocalFactText], language: str) -> str:
    """The default phrase; of a value for all, the phrase of each language."""
    if language:
        return texts[language].default if language in texts else ""
    return " · ".join(dict.fromkeys(texts[code].default for code in written_languages() if code in texts))


def _label(texts: dict[str, LocalFactText], language: str, otherwise: str) -> str:
    text = texts.get(language) or next(iter(texts.values()), None)
    return text.label if text else otherwise
