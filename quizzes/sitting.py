"""A sitting as the learner sees it: the question now, the feedback, the overview, the result."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.forms import MultipleChoiceField
from django.urls import reverse
from django.utils import timezone

from quizzes.draws import Drawn
from quizzes.facts import words_with_facts
from quizzes.kinds import kind_named
from quizzes.kinds.base import Drawing, OptionLine, Review, verdict
from quizzes.models import Attempt, AttemptItem, QuestionVersion, Response
from quizzes.rules import Rules
from quizzes.texts import texts_of

ANSWERED, NOW, AHEAD = "answered", "now", "ahead"


@dataclass(frozen=True)
class QuestionView:
    """A question before its answer; nothing of the key or the explanations is in it."""

    kind: str
    stem: str
    critical: bool
    options: list[OptionLine] = field(default_factory=list)
    unit: str = ""
    answer_text: str = ""
    drawing: Drawing | None = None
    hint: str = ""
    script: str = ""
    # Whether several options may be chosen.
    several: bool = False

    @property
    def templates(self) -> list[str]:
        """The page of its kind, or else the one that serves every kind."""
        return [f"quizzes/kinds/{self.kind}.html", "quizzes/kinds/any.html"]


@dataclass(frozen=True)
class ReviewedItem:
    """A question after its answer."""

    step: int
    kind: str
    stem: str
    critical: bool
    verdict: str
    answered: bool
    explanation: str
    review: Review

    @property
    def options(self) -> Any:
        return self.review.options

    @property
    def lines(self) -> Any:
        return self.review.lines

    @property
    def drawing(self) -> Drawing | None:
        return self.review.drawing

    @property
    def answer_display(self) -> str:
        return self.review.answer_display

    @property
    def right_display(self) -> str:
        return self.review.right_display

    @property
    def whys(self) -> tuple[str, ...]:
        return self.review.whys


def question_view(
    version: QuestionVersion, words: dict[str, Any], order: list[str], answer: Any = None
) -> QuestionView:
    """The question as it is asked; `answer` is what was saved or typed before."""
    kind = kind_named(version.kind)
    structure, key = kind.parse(version.structure, version.answer_key)
    parsed = kind.parse_words(words, structure, key)
    return QuestionView(
        version.kind,
        parsed.stem,
        version.critical,
        kind.lines(structure, parsed, order, "answer", answer),
        getattr(parsed, "unit", ""),
        answer if isinstance(answer, str) else "",
        kind.drawing(structure, parsed, order, "answer", answer),
        str(kind.hint),
        kind.script,
        isinstance(kind.field(structure), MultipleChoiceField),
    )


def reviewed(item: AttemptItem, words: dict[str, Any], answer: Any) -> ReviewedItem:
    """The item with its feedback, by the version that measured it; only for one that takes no answer any more."""
    version = item.measured_by
    kind = kind_named(version.kind)
    structure, key = kind.parse(version.structure, version.answer_key)
    parsed = kind.parse_words(words, structure, key)
    review = kind.review(structure, key, parsed, item.option_order, kind.blank if answer is None else answer)
    if answer is None:
        review = replace(review, answer_display="", whys=(), counted="")
    return ReviewedItem(
        item.step,
        version.kind,
        parsed.stem,
        version.critical,
        verdict(item.fraction or 0),
        answer is not None,
        parsed.explanation,
        review,
    )


def said(version: QuestionVersion, order: list[str], answer: Any, language: str) -> str:
    """An answer in words, of whoever gave it and whether or not it was saved: `Wait for help`, `Fire: outside; …`."""
    kind = kind_named(version.kind)
    structure, key = kind.parse(version.structure, version.answer_key)
    words = words_with_facts(texts_of([version.pk], language, timezone.now())[version.pk], {})
    return kind.said(structure, kind.parse_words(words, structure, key), order, answer)


@dataclass(frozen=True)
class Given:
    """A saved answer: what it is, how sure the learner was, and when."""

    answer: Any
    confidence: str
    saved_at: datetime | None


def last_given(items: Iterable[AttemptItem]) -> dict[int, Given]:
    """The last saved answer by item id, one query."""
    rows = Response.objects.filter(item__in=[item.pk for item in items]).order_by("sequence")
    values = rows.values_list("item", "answer", "confidence", "saved_at")
    return {item: Given(answer, confidence, saved_at) for item, answer, confidence, saved_at in values}


def last_answers(items: Iterable[AttemptItem]) -> dict[int, Any]:
    """The same, only what was answered."""
    return {item: given.answer for item, given in last_given(items).items()}


def words_for(attempt: Attempt, versions: Iterable[int], language: str) -> dict[int, dict[str, Any]]:
    """Words by version, with the local facts that the attempt began with, where it began with them."""
    texts = texts_of(versions, language, attempt.begun_at)
    return {version: words_with_facts(text, attempt.local_facts) for version, text in texts.items()}


def dots(items: Sequence[AttemptItem], current: int | None, answered: Iterable[int]) -> list[str]:
    """The state of each step, for the row of dots: right, wrong, partly, answered, now, todo."""
    given = set(answered)
    return [_dot(item, current, given) for item in items]


def _dot(item: AttemptItem, current: int | None, given: set[int]) -> str:
    if item.step == current and item.closed_at is None:
        return NOW
    if item.closed_at is not None:
        return verdict(item.fraction or 0)
    return ANSWERED if item.pk in given else AHEAD


def question_url(attempt: uuid.UUID, step: int) -> str:
    return reverse("quizzes:question", kwargs={"attempt": attempt, "step": step})


def url_after(attempt: uuid.UUID, step: int, rules: Rules) -> str:
    """Where an answer leads: to its feedback where that is given at once, else to the next step or the overview."""
    return question_url(attempt, step if rules.at_once else step + 1)


def result_url(attempt: Attempt) -> str:
    return reverse("quizzes:result", kwargs={"attempt": attempt.pk})


def overview_url(attempt: Attempt) -> str:
    return reverse("quizzes:overview", kwargs={"attempt": attempt.pk})


def next_url(attempt: Attempt, items: Sequence[AttemptItem]) -> str:
    """Where a sitting goes on: the first question without an answer, else the overview, or once over the result."""
    if attempt.state != Attempt.State.OPEN:
        return result_url(attempt)
    waiting = next((item.step for item in items if item.fraction is None), None)
    return question_url(attempt.pk, waiting) if waiting else overview_url(attempt)


def seconds_left(attempt: Attempt, now: datetime) -> int | None:
    return None if attempt.deadline is None else max(0, int((attempt.deadline - now).total_seconds()))


def first_question(
    version: QuestionVersion, drawn: Drawn, language: str, now: datetime, answer: Any = None
) -> QuestionView:
    """The first question of a check that has not begun: nothing is written yet."""
    words = words_with_facts(texts_of([version.pk], language, now)[version.pk], {})
    return question_view(version, words, drawn.option_order, answer)
