"""What a person typed, as what the index is asked: empty words left out, everyday words understood, bad ones mended."""

from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Sum

from lessons.models import SearchWord
from lessons.search.everyday import everyday
from lessons.search.normalising import words
from lessons.search.stemming import is_arabic, stem, stems
from lessons.search.tiers import Wanted

LONGEST = 200
MOST_WORDS = 12
FAR_MORE = 3


@dataclass(frozen=True)
class Query:
    """What is looked for in one language; `wanted` is empty where nothing that was typed says anything."""

    language: str
    forms: tuple[str, ...]
    wanted: Wanted
    unknown: tuple[str, ...] = ()
    exact: tuple[str, ...] = field(default=())

    @property
    def stems(self) -> frozenset[str]:
        """Everything that a result may show as found."""
        return frozenset(one for phrases in self.wanted for phrase in phrases for one in phrase)


def typed_words(typed: str) -> tuple[str, ...]:
    """The first words of what was typed, normalised; the rest of a very long question is not read."""
    return tuple(word.form for word in words(typed[:LONGEST]))[:MOST_WORDS]


def language_of(forms: tuple[str, ...], page_language: str) -> str:
    """That of the page, or the first whose letters most of the words are in, where those are not the page's."""
    arabic = sum(is_arabic(form) for form in forms)
    latin = sum(form.isascii() and not form.isdigit() for form in forms)
    if arabic == latin or _is_of_script(page_language, arabic=arabic > latin):
        return page_language
    spoken = (code for code, _name in settings.LANGUAGES)
    return next((code for code in spoken if _is_of_script(code, arabic=arabic > latin)), page_language)


def _is_of_script(language: str, *, arabic: bool) -> bool:
    return (language.partition("-")[0] in settings.LANGUAGES_BIDI) == arabic


def understood(forms: tuple[str, ...], language: str) -> Query:
    """The query for normalised words; one query to the database, which says what words there are."""
    table = everyday(language)
    kept = _without_empty(forms, table.empty)
    known = _known({one for form in kept for one in stems(form)}, language)
    wanted, unknown = [], []
    plain = tuple(stem(form) for form in kept)
    at = 0
    while at < len(kept):
        entry = table.beginning(plain[at:])
        length = len(entry[0]) if entry else 1
        own = plain[at : at + length] if entry else (_most_known(kept[at], known),)
        phrases = dict.fromkeys([own, *(entry[1] if entry else ())])
        wanted.append(tuple(phrases))
        if not entry and own[0] not in known:
            unknown.append(kept[at])
        at += length
    return Query(language, forms, tuple(wanted), tuple(unknown), plain)


def _without_empty(forms: tuple[str, ...], empty: frozenset[str]) -> tuple[str, ...]:
    return tuple(form for form in forms if form not in empty and (len(form) > 1 or form.isdigit()))


def _known(found: set[str], language: str) -> dict[str, int]:
    """The stems that texts have, each with how often its forms stand in a document."""
    if not found:
        return {}
    rows = SearchWord.objects.filter(language=language, stem__in=found).values("stem").annotate(often=Sum("documents"))
    return dict(rows.values_list("stem", "often"))


def _most_known(form: str, known: dict[str, int]) -> str:
    """The word's own stem, or the one without its first letter where far more texts have that: وزلزال, زلزال."""
    own, *cut = stems(form)
    often = known.get(own, 0)
    return next((one for one in cut if known.get(one, 0) > FAR_MORE * often), own)
