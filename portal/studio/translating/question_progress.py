"""How far the questions of lessons are in each language, without reading their words."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from lessons.models import Lesson, State
from portal.studio.models import QuestionBasis
from portal.studio.standing import OPEN, STANDING
from quizzes.models import Question, QuestionText


@dataclass
class QuestionProgress:
    """Of a lesson's questions in one language."""

    total: int = 0
    published: int = 0
    draft: int = 0
    behind: int = 0
    missing: int = 0


class _Text(NamedTuple):
    language: str
    state: str
    version: int
    made: datetime


def question_progress(lessons: Collection[Lesson], codes: Iterable[str]) -> dict[tuple[int, str], QuestionProgress]:
    """By lesson and language. Three queries."""
    wanted = list(codes)
    sources = {lesson.pk: lesson.source_language for lesson in lessons}
    asked = Question.objects.filter(lesson__in=list(sources), archived_at=None)
    texts: dict[int, list[_Text]] = defaultdict(list)
    rows = QuestionText.objects.filter(version__question__in=asked, state__in=STANDING, version__state__in=STANDING)
    columns = ("version__question", "language", "state", "version", "created_at")
    for question, *text in rows.order_by("pk").values_list(*columns):
        texts[question].append(_Text(*text))
    compared = {
        (question, code): moment
        for question, code, moment in QuestionBasis.objects.filter(question__in=asked).values_list(
            "question", "language", "compared_at"
        )
    }
    found: dict[tuple[int, str], QuestionProgress] = {
        (pk, code): QuestionProgress() for pk in sources for code in wanted
    }
    for question, lesson in asked.values_list("pk", "lesson"):
        for code in wanted:
            _count(found[lesson, code], texts[question], sources[lesson], code, compared.get((question, code)))
    return found


def _count(
    progress: QuestionProgress, texts: Sequence[_Text], source: str, code: str, compared: datetime | None
) -> None:
    ours = [text for text in texts if text.language == code]
    progress.total += 1
    progress.published += any(text.state == State.PUBLISHED for text in ours)
    progress.draft += any(text.state in OPEN for text in ours)
    progress.missing += not ours
    if ours and code != source:
        theirs = [text for text in texts if text.language == source and text.version == ours[-1].version]
        progress.behind += _is_behind(theirs, ours[-1].made, compared)


def _is_behind(theirs: Sequence[_Text], made: datetime, compared: datetime | None) -> bool:
    """Whether the source was reworded since; the first wording of a version is what every language begins from."""
    since = max(made, compared) if compared else made
    return any(text.made > since for text in theirs[1:])
