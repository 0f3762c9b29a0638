"""Counting a quiz: its sittings are read once, and the figures that enough people stand behind are kept."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from quizzes.analysis import formulas
from quizzes.analysis.figures import ChoiceFigures, ItemFigures, item_figures, quiz_figures, strata
from quizzes.analysis.flags import FEW, MANY, MORE, Judged, flags_of, tells_omitted
from quizzes.analysis.sittings import Sittings, counted_sittings, expectations, how_many
from quizzes.analysis.tally import ItemSums, QuizSums, Tally
from quizzes.draws import pool
from quizzes.kinds import KINDS
from quizzes.kinds.base import Kind
from quizzes.models import ItemStatistic, QuestionVersion, Quiz, QuizStatistic

SMALLEST = 10  # people of one language; with fewer, no language is told apart, or the rest could be worked out
EACH_LANGUAGE = 200
ANSWERS_REMEMBERED = 20_000
TENTHS = 10


def count_quiz(quiz: Quiz, staff: QuerySet[Any], now: datetime | None = None) -> int:
    """Counts the quiz anew, without the users in `staff`; how many sittings were counted.

    The number of queries is the same however many sittings there are, and so is the memory.
    """
    expected = expectations(quiz, staff)
    versions = QuestionVersion.objects.filter(pk__in=expected).prefetch_related("texts")
    parts = {version.pk: Parts(version) for version in versions}
    tally = Tally(expected, lambda version, answer: parts[version].chosen(answer) if version in parts else [])
    for sitting in counted_sittings(quiz, staff):
        tally.add(sitting)
    _keep(quiz, tally, parts, how_many(quiz, staff), now or timezone.now())
    return tally.quizzes[""].people


class Parts:
    """What can be chosen in a version, and what an answer to it chose."""

    def __init__(self, version: QuestionVersion) -> None:
        self.version = version
        self.kind = KINDS.get(version.kind)
        self.right = dict(self._read(self.kind)) if self.kind else {}
        self.chosen = lru_cache(ANSWERS_REMEMBERED)(self._chosen)

    def _read(self, kind: Kind[Any, Any, Any]) -> Iterator[tuple[str, bool]]:
        """Whether it is right, by the id of everything that can be chosen, in order; words of any language will do."""
        self.structure, self.key = kind.parse(self.version.structure, self.version.answer_key)
        for text in list(self.version.texts.all())[:1]:
            words = kind.parse_words(text.words, self.structure, self.key)
            for each in kind.countables(self.structure, self.key, words):
                yield each.id, each.right

    def _chosen(self, written: str) -> list[str]:
        return self.kind.counted(self.structure, self.key, json.loads(written)) if self.kind else []


@transaction.atomic
def _keep(quiz: Quiz, tally: Tally, parts: dict[int, Parts], sittings: Sittings, at: datetime) -> None:
    Quiz.objects.select_for_update().get(pk=quiz.pk)  # whoever counts at the same time waits
    ItemStatistic.objects.filter(quiz=quiz).delete()
    QuizStatistic.objects.filter(quiz=quiz).delete()
    shown = _languages(tally)
    ItemStatistic.objects.bulk_create(_items(quiz, tally, parts, shown, at))
    versions = list(pool(quiz).filter(pk__in=parts).values_list("pk", flat=True))
    QuizStatistic.objects.bulk_create(
        _quiz(quiz, language, tally.quizzes[language], versions, sittings, at) for language in shown
    )


def _languages(tally: Tally) -> list[str]:
    """All together, and each where none of them is so small that it shows in the difference."""
    each = [language for language in tally.quizzes if language]
    enough = all(tally.quizzes[language].people >= SMALLEST for language in each)
    return ["", *(sorted(each) if enough and len(each) > 1 else [])]


def _items(
    quiz: Quiz, tally: Tally, parts: dict[int, Parts], languages: list[str], at: datetime
) -> Iterator[ItemStatistic]:
    for version in sorted({version for version, _language in tally.items} & parts.keys()):
        told = _languages_of(tally, version, languages)
        for language in ["", *told]:
            delta = _delta(tally, version, told) if language == "" else None
            about = {"quiz": quiz, "language": language, "counted_at": at}
            yield _item(tally.items[version, language], parts[version], delta, about)


def _languages_of(tally: Tally, version: int, languages: list[str]) -> list[str]:
    """Those that are told apart of one version: none where one of them has too few people who answered it."""
    met = [language for asked, language in tally.items if asked == version and language]
    enough = all(tally.items[version, language].people >= SMALLEST for language in met)
    return [language for language in languages if language in met] if enough and len(met) > 1 else []


def _delta(tally: Tally, version: int, languages: list[str]) -> float | None:
    """How much harder the first language is than the second for equals; None where that is not certain."""
    both = [tally.items[version, language] for language in languages]
    if len(both) != 2 or min(sums.people for sums in both) < EACH_LANGUAGE:
        return None
    tables = strata(both[0].rests, both[1].rests)
    return formulas.delta(tables) if formulas.is_significant(tables) else None


def _item(sums: ItemSums, parts: Parts, delta: float | None, about: dict[str, Any]) -> ItemStatistic:
    version = parts.version
    figures = item_figures(sums, parts.right)
    right = frozenset(name for name, is_right in parts.right.items() if is_right)
    judged = Judged(figures, version.kind, version.critical, right, version.seconds, delta)
    told, timed = figures.people >= FEW, figures.timed >= FEW
    return ItemStatistic(
        version=version,
        people=figures.people,
        seen_before=sums.seen,
        too_quick=sums.quick,
        facility=figures.facility if told else None,
        discrimination=figures.discrimination if figures.people >= MANY else None,
        upper_lower=figures.upper_lower if figures.people >= MORE else None,
        omitted=figures.omitted if tells_omitted(figures) else None,
        median_seconds=figures.median if timed else None,
        lower_seconds=figures.quartiles[0] if timed else None,
        upper_seconds=figures.quartiles[1] if timed else None,
        language_delta=delta,
        choices=_choices(figures, right) if figures.told >= FEW else [],
        flags=" ".join(flags_of(judged)),
        **about,
    )


def _choices(figures: ItemFigures, right: frozenset[str]) -> list[dict[str, Any]]:
    told, means = figures.told, with_means(figures.choices)
    return [
        {
            "id": choice.id,
            "right": choice.id in right,
            "told": told,
            "share": choice.share,
            "thirds": list(choice.thirds) if told >= MORE else [],
            "rest": choice.rest if told >= MANY and choice.id in means else None,
            "r": choice.r if told >= MANY and choice.id in means else None,
        }
        for choice in figures.choices
    ]


def with_means(choices: Iterable[ChoiceFigures]) -> set[str]:
    """Ids of those whose choosers' mean and correlation may be told: of enough people, and as many where they may not.

    The means of all weigh each other out, so that a single one held back could be worked out from the others, and a
    correlation is its mean in another measure.
    """
    told, hidden = set(), 0
    for choice in sorted(choices, key=lambda each: each.people):
        if choice.people >= FEW and (hidden == 0 or hidden >= FEW):
            told.add(choice.id)
        else:
            hidden += choice.people
    return told


def _quiz(
    quiz: Quiz, language: str, sums: QuizSums, versions: list[int], sittings: Sittings, at: datetime
) -> QuizStatistic:
    figures = quiz_figures(sums, versions, FEW)
    told, many = figures.people >= FEW, figures.people >= MANY
    return QuizStatistic(
        quiz=quiz,
        language=language,
        people=figures.people,
        later=sittings.later,
        unfinished=sittings.unfinished,
        staff=sittings.staff,
        questions=figures.questions,
        alpha=figures.alpha if many else None,
        error=figures.error if many else None,
        mean=figures.mean if told else None,
        spread=figures.spread if told else None,
        passed=figures.passed if told else None,
        histogram=_histogram(sums) if told else [],
        counted_at=at,
    )


def _histogram(sums: QuizSums) -> list[float]:
    """The share of people in every tenth of the score, the lowest first; all points belong to the last."""
    counts = [0] * TENTHS
    for share, people in sums.shares.items():
        counts[min(share * TENTHS // 1000, TENTHS - 1)] += people
    return [count / sums.people for count in counts]
