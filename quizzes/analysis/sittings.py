"""The sittings that are counted: of each learner the first one of a quiz, staff left out, read one after the other."""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Avg, Count, DateTimeField, Exists, F, OuterRef, Q, QuerySet, TextField, Value, Window
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, RowNumber

from quizzes.models import Attempt, AttemptItem, Quiz

UNIT = 100_000  # scores are whole numbers of hundred-thousandths, as exact as they are stored
FINISHED = (Attempt.State.SUBMITTED, Attempt.State.EXPIRED)
AT_ONCE_OR_AT_END = (Quiz.Feedback.AT_ONCE, Quiz.Feedback.AT_END)  # whoever is through has seen the key
AT_A_TIME = 2000  # rows
QUICKEST = 1.0  # seconds; nobody reads and answers in less


@dataclass(frozen=True)
class Item:
    """One question of a sitting. `answer` is JSON as it is written, None where there is none or it was erased.

    `shown` says that the question is known to have been on the screen; `seen` that its feedback was given in an earlier
    sitting of another quiz.
    """

    version: int
    score: int
    answered: bool
    answer: str | None
    language: str
    seconds: float | None
    shown: bool
    seen: bool

    @property
    def too_quick(self) -> bool:
        return self.seconds is not None and self.seconds < QUICKEST


@dataclass
class Sitting:
    passed: bool
    items: list[Item] = field(default_factory=list)

    @property
    def language(self) -> str:
        """The language of most of its answers; empty where there is no answer."""
        given = Counter(item.language for item in self.items if item.answered)
        return min(given, key=lambda language: (-given[language], language)) if given else ""


@dataclass(frozen=True)
class Sittings:
    """How many sittings there are, and why some are not counted."""

    counted: int = 0
    later: int = 0
    unfinished: int = 0
    staff: int = 0


def first_sittings(quiz: Quiz, staff: QuerySet[Any]) -> QuerySet[Attempt, Any]:
    """Of everybody but `staff`, a query of users, the first sitting of the quiz, finished or not."""
    nth = Window(RowNumber(), partition_by="learner", order_by=[F("begun_at").asc(), F("pk").asc()])
    others = Attempt.objects.filter(~Q(learner__user__in=staff), quiz=quiz)
    return others.annotate(nth=nth).filter(nth=1).order_by()


def how_many(quiz: Quiz, staff: QuerySet[Any]) -> Sittings:
    """Three queries."""
    everybody = Attempt.objects.filter(quiz=quiz).aggregate(all=Count("pk"))["all"]
    others = Attempt.objects.filter(~Q(learner__user__in=staff), quiz=quiz)
    apart = others.aggregate(all=Count("pk"), people=Count("learner", distinct=True))
    counted = first_sittings(quiz, staff).filter(state__in=FINISHED).count()
    people = apart["people"]
    return Sittings(counted, apart["all"] - people, people - counted, everybody - apart["all"])


def expectations(quiz: Quiz, staff: QuerySet[Any]) -> dict[int, int]:
    """The mean score by version over the counted sittings, in units; a question without an answer earned nothing."""
    rows = _items(quiz, staff).values("version").annotate(mean=Avg(Coalesce("fraction", Value(Decimal(0)))))
    return {version: round(mean * UNIT) for version, mean in rows.order_by().values_list("version", "mean")}


def _items(quiz: Quiz, staff: QuerySet[Any]) -> QuerySet[AttemptItem, Any]:
    finished = first_sittings(quiz, staff).filter(state__in=FINISHED)
    return AttemptItem.objects.filter(attempt__in=finished.values("pk"))


def counted_sittings(quiz: Quiz, staff: QuerySet[Any]) -> Iterator[Sitting]:
    """The counted sittings; one of them is in memory at a time. Two queries."""
    seen: Any = _given_before() if _is_shared(quiz) else Value(value=False)
    rows = (
        _items(quiz, staff)
        .annotate(seen=seen, written=Cast("responses__answer", TextField()))
        .order_by("attempt", "step", "responses__sequence")
        .values_list(
            *("attempt", "step", "attempt__passed", "version", "fraction", "shown_at", "seen"),
            *("responses__sequence", "written", "responses__language", "responses__saved_at"),
        )
    )
    for _attempt, lines in groupby(rows.iterator(chunk_size=AT_A_TIME), key=itemgetter(0)):
        yield _sitting(lines)


def _is_shared(quiz: Quiz) -> bool:
    """Whether other quizzes asked questions of this one, so that somebody may have had their feedback before."""
    asked = AttemptItem.objects.filter(attempt__quiz=quiz).values("version__question").distinct()
    elsewhere = AttemptItem.objects.exclude(attempt__quiz=quiz).filter(version__question__in=asked)
    return elsewhere.exists()


def _given_before() -> Exists:
    """Whether the learner had the feedback of the same question before the sitting began."""
    same = {"attempt__learner": OuterRef("attempt__learner"), "version__question": OuterRef("version__question")}
    begun: Any = OuterRef("attempt__begun_at")
    erased = Q(attempt__learner__erased_at__isnull=False, attempt__state__in=FINISHED, attempt__submitted_at__lte=begun)
    given = (Q(closed_at__lt=begun) | erased) & (Q(attempt__rules__feedback__in=AT_ONCE_OR_AT_END) | Q(due__lte=begun))
    due = Cast(KeyTextTransform("due_at", "attempt__rules"), DateTimeField())
    return Exists(AttemptItem.objects.exclude(attempt=OuterRef("attempt")).alias(due=due).filter(given, **same))


Line = tuple[uuid.UUID, int, bool, int, Decimal | None, datetime | None, bool, int | None, str | None, str, Any]


def _sitting(lines: Iterable[Line]) -> Sitting:
    made: Sitting | None = None
    for _step, answers in groupby(lines, key=itemgetter(1)):
        given = list(answers)
        made = made or Sitting(bool(given[0][2]))
        made.items.append(_item(given[0], given[-1]))
    return made or Sitting(passed=False)


def _item(first: Line, last: Line) -> Item:
    """From the first answer, which says how long it took, and the last, which counts."""
    version, fraction, shown_at, seen = first[3:7]
    saved_at = first[10]
    seconds = (saved_at - shown_at).total_seconds() if saved_at and shown_at else None
    return Item(
        version,
        int((fraction or 0) * UNIT),
        last[7] is not None,
        last[8],
        last[9] or "",
        seconds if seconds is None or seconds >= 0 else None,
        bool(shown_at or saved_at),
        bool(seen),
    )
