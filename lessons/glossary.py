"""The glossary as a reader meets it: terms in their language, by letter, with the lessons that use them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lessons.catalogue import LessonLine, outlines
from lessons.models import GlossaryText, Revision, State
from lessons.search.normalising import normalise
from lessons.search.stemming import is_arabic
from lessons.tips import Terms, Tip

MOST_LESSONS = 4  # that a term names; the search has the others


@dataclass(frozen=True)
class Elsewhere:
    """What a term is called in another language."""

    language: str
    term: str


@dataclass(frozen=True)
class Term:
    """`language` is that of the words; `more` counts the lessons that use it beside those in `lessons`."""

    key: str
    term: str
    definition: str
    language: str
    elsewhere: tuple[Elsewhere, ...]
    lessons: tuple[LessonLine, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Letter:
    letter: str
    terms: list[Term]


def glossary(language: str) -> list[Letter]:
    """Every term in alphabetical order; in Arabic without its article, as a dictionary has it. Three queries."""
    by_term: dict[int, list[Any]] = defaultdict(list)
    for row in GlossaryText.objects.select_related("glossary_term").order_by("glossary_term", "language"):
        by_term[row.glossary_term_id].append(row)
    words = [_reader_first(rows, language) for rows in by_term.values()]
    used = _lessons_using([Tip(own.glossary_term.key, own.term, "") for own, _others in words if own.marked], language)
    letters: dict[str, list[Term]] = {}
    for own, others in sorted(words, key=lambda pair: (_order(pair[0].term), pair[0].glossary_term.key)):
        letter = _order(own.term)[:1].upper().replace("ا", "أ")
        letters.setdefault(letter, []).append(_term(own, others, used[own.glossary_term.key]))
    return [Letter(letter, terms) for letter, terms in letters.items()]


def _reader_first(rows: list[Any], language: str) -> tuple[Any, list[Any]]:
    """The term's words in the reader's language, or else in another, and the rest."""
    own = next((row for row in rows if row.language == language), rows[0])
    return own, [row for row in rows if row is not own]


def _term(own: Any, others: list[Any], lessons: list[LessonLine]) -> Term:
    return Term(
        own.glossary_term.key,
        own.term,
        own.definition,
        own.language,
        tuple(Elsewhere(row.language, row.term) for row in others),
        tuple(lessons[:MOST_LESSONS]),
        max(0, len(lessons) - MOST_LESSONS),
    )


def _lessons_using(tips: Iterable[Tip], language: str) -> dict[str, list[LessonLine]]:
    """By key, the lessons whose text in `language` has the term, in the order of the courses. Two queries."""
    terms = Terms(tips)
    revisions = Revision.objects.filter(state=State.PUBLISHED, text__language=language, text__lesson__archived_at=None)
    texts = revisions.values_list("text__lesson", "html")
    keys = {lesson: [tip.key for tip in terms.marked_in(html)[1]] for lesson, html in texts.iterator()}
    lines: dict[int, LessonLine] = {}
    for line in (line for path in outlines(language).values() for line in path.lessons):
        lines.setdefault(line.id, line)
    found: dict[str, list[LessonLine]] = defaultdict(list)
    for lesson, line in lines.items():
        for key in keys.get(lesson, ()):
            found[key].append(line)
    return found


def _order(term: str) -> str:
    form = normalise(term)
    return form[2:] if is_arabic(form) and form.startswith("ال") and len(form) > 4 else form
