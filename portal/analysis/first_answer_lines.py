"""The questions of a course, or its checks and its final, with how they were answered the first time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from lessons.models import CourseEdition, State
from portal.analysis.counting import quizzes_of
from portal.analysis.first_answers import WHOLE, Asked, Numbers
from portal.language.formats import number
from portal.reports.completion import FEWEST
from portal.reports.intervals import Counted, Interval, wilson
from portal.reports.standing.funnel import titles_of
from portal.reports.tables import Row
from quizzes.analysis.counting import SMALLEST
from quizzes.models import QuestionVersion
from quizzes.texts import words_of


@dataclass(frozen=True)
class Answered:
    """How many answered a question (took a quiz), and how many of them were right (passed) at once.

    Both are None where the people are fewer than `SMALLEST`, so that nobody shows; `right` also where it is not kept.
    """

    key: str
    title: str
    lesson: str
    people: int | None
    right: int | None

    @property
    def counted(self) -> Counted | None:
        """None: too few for a share."""
        if self.people is None or self.right is None or self.people < FEWEST:
            return None
        return Counted(self.right, self.people)

    @property
    def share(self) -> float | None:
        return self.counted.share if self.counted else None

    @property
    def interval(self) -> Interval | None:
        return wilson(self.counted) if self.counted else None


def answers(edition: CourseEdition, numbers: Numbers, by: str, language: str) -> list[Answered]:
    """A line for each question that is asked now and was answered, or for each quiz, in the order of the course."""
    quizzes = list(quizzes_of(edition))
    titles = titles_of([quiz.lesson_id for quiz in quizzes if quiz.lesson_id], language)
    called = {quiz.pk: titles[quiz.lesson_id] if quiz.lesson_id else ("final", _("Final")) for quiz in quizzes}
    if by == "quiz":
        return [_line(*called[pk], called[pk][1], numbers.get((pk, WHOLE), (0, 0))) for pk in called]
    return list(_questions(numbers, {pk: title for pk, (_key, title) in called.items()}, language))


def _questions(numbers: Numbers, called: Mapping[int, str], language: str) -> Iterator[Answered]:
    """`called` are the titles of the quizzes by their ids, in order; two queries."""
    live = QuestionVersion.objects.filter(state=State.PUBLISHED, question__archived_at=None).select_related("question")
    found = live.in_bulk({version for _quiz, version in numbers})
    words, places = words_of(found.keys(), language, timezone.now()), list(called)
    asked = [(quiz, version) for quiz, version in numbers if quiz in called and version in found]
    asked.sort(key=lambda each: (places.index(each[0]), found[each[1]].question.position, each[1]))
    for quiz, version in asked:
        key = found[version].question.key
        stem = str(words[version].get("stem", "")) if version in words else ""
        yield _line(key, stem or key, called[quiz], numbers[quiz, version])


def _line(key: str, title: str, lesson: str, numbers: tuple[int, int | None]) -> Answered:
    people, right = numbers
    return Answered(key, title, lesson, *((people, right) if people >= SMALLEST else (None, None)))


def rows_of(lines: Sequence[Answered], by: str, drawn: Asked | None) -> Iterator[Row]:
    """The table as rows of cells, for a file; where people were drawn, its headings say so."""
    right = _("Passed at the first sitting") if by == "quiz" else _("Right at the first answer")
    what = _("Lesson check or final") if by == "quiz" else _("Question")
    people = _("People")
    if drawn:
        numbers = {"number": number(len(drawn.people)), "all": number(drawn.all)}
        people = _("People, of %(number)s drawn by chance from %(all)s") % numbers
    yield (
        *(_("Key"), what, _("Lesson"), people, right, _("Share")),
        *(_("95% range, from"), _("95% range, to")),
    )
    hidden = _("fewer than %(number)s") % {"number": SMALLEST}
    for line in lines:
        answered = hidden if line.people is None else line.people
        yield line.key, line.title, line.lesson, answered, line.right, line.share, *(line.interval or (None, None))
