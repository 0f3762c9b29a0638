"""One question version: its figures in each quiz that asks it, what was chosen, and its warnings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.analysis.advice import Advice, advice_on
from portal.analysis.curves import Curves, draw, letters
from portal.analysis.words import (
    choice_words,
    correlation_words,
    difference_words,
    people_words,
    seconds_words,
    share_with_error,
    share_words,
    third_words,
    too_few,
)
from portal.language.formats import coefficient
from portal.studio.languages import language_name
from quizzes.analysis.flags import FEW, MANY, MORE
from quizzes.facts import words_with_facts
from quizzes.kinds import KINDS
from quizzes.models import ItemStatistic, QuestionVersion, Quiz
from quizzes.texts import texts_of
from quizzes.usage import figures_of_now


@dataclass(frozen=True)
class ChoiceLine:
    """What can be chosen, and who chooses it; everything in words."""

    letter: str
    label: str
    right: bool
    share: str
    thirds: list[str]
    rest: str
    r: str


@dataclass(frozen=True)
class Context:
    """The question in one quiz. `missing` says why there are no figures; `apart` what was not counted, and why."""

    is_final: bool
    people: str
    missing: str
    figures: list[tuple[str, str]]
    choices: list[ChoiceLine]
    curves: Curves | None
    advice: list[Advice]
    apart: list[tuple[str, str]]


@dataclass(frozen=True)
class Worded:
    """The words of a version: what is asked, and the label and rightness of all that can be chosen, by id."""

    stem: str
    labels: dict[str, str]


def worded(versions: Sequence[QuestionVersion], language: str) -> dict[int, Worded]:
    """By version id, with local facts filled in; a query, and one for each that names facts."""
    texts = texts_of([version.pk for version in versions], language, timezone.now())
    words = {pk: words_with_facts(text, {}) for pk, text in texts.items()}
    return {version.pk: _worded(version, words.get(version.pk, {})) for version in versions}


def _worded(version: QuestionVersion, words: dict[str, Any]) -> Worded:
    kind = KINDS.get(version.kind)
    if kind is None or not words:
        return Worded(str(words.get("stem", version.question.key)), {})
    structure, key = kind.parse(version.structure, version.answer_key)
    parsed = kind.parse_words(words, structure, key)
    return Worded(parsed.stem, {each.id: each.label for each in kind.countables(structure, key, parsed)})


def statistics_of(version: QuestionVersion) -> QuerySet[ItemStatistic]:
    """Its figures in every quiz that may still ask the question, and every language; a check before a final."""
    last = Case(When(quiz__purpose=Quiz.Purpose.FINAL, then=Value(1)), default=Value(0))
    rows = figures_of_now().filter(version=version)
    return rows.annotate(last=last).order_by("last", "-quiz").select_related("quiz", "version")


def languages_of(statistics: Sequence[ItemStatistic]) -> list[tuple[str, str]]:
    """(code, name) of the languages that are told apart; [] where none is."""
    codes = sorted({row.language for row in statistics if row.language})
    return [(code, language_name(code)) for code in codes]


def contexts(statistics: Sequence[ItemStatistic], words: Worded, language: str, *, rtl: bool) -> list[Context]:
    """The question in each quiz, from the answers in one language or, where it is empty, in all."""
    return [_context(row, words, rtl=rtl) for row in statistics if row.language == language]


def _context(row: ItemStatistic, words: Worded, *, rtl: bool) -> Context:
    told = row.people >= FEW
    return Context(
        row.quiz.purpose == Quiz.Purpose.FINAL,
        people_words(row.people),
        "" if told else too_few(row.people),
        _figures(row) if told else [],
        [_choice(row, *pair, words) for pair in zip(letters(len(row.choices)), row.choices, strict=True)],
        draw(row, rtl=rtl),
        advice_on(row, words.labels),
        _apart(row),
    )


def _apart(row: ItemStatistic) -> list[tuple[str, str]]:
    found = [
        (_("had been given the feedback in another quiz before"), row.seen_before),
        (_("answered within a second"), row.too_quick),
    ]
    return [(why, people_words(count)) for why, count in found if count]


def _figures(row: ItemStatistic) -> list[tuple[str, str]]:
    times = [seconds_words(each) for each in (row.lower_seconds, row.upper_seconds)]
    found = [
        (_("Share right"), share_with_error(row.facility, row.people)),
        (_("Discrimination"), correlation_words(row.discrimination, row.people)),
        (_("Upper less lower part"), difference_words(row.upper_lower, row.people, MORE)),
        (_("Left out"), "–" if row.omitted is None else share_words(row.omitted, row.people)),
        (_("Median time"), seconds_words(row.median_seconds)),
    ]
    if None not in (row.lower_seconds, row.upper_seconds):
        found.append((_("Half of all take"), _("%(from)s to %(to)s") % {"from": times[0], "to": times[1]}))
    return found


def _choice(row: ItemStatistic, letter: str, choice: dict[str, Any], words: Worded) -> ChoiceLine:
    told = choice["told"]
    return ChoiceLine(
        letter,
        words.labels.get(choice["id"], choice["id"]),
        choice["right"],
        choice_words(choice),
        [third_words(each, told) for each in choice["thirds"]] or [too_few(told, MORE)],
        "–" if choice["rest"] is None else coefficient(choice["rest"]),
        "–" if choice["r"] is None or told < MANY else coefficient(choice["r"]),
    )
