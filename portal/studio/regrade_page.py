"""What the pages of corrected questions show: which there are, and the sittings that a correction changes."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from lessons.models import State
from lessons.titles import titled_courses
from portal.accounts.models import User
from portal.language.formats import day
from portal.studio.overview import lesson_titles
from quizzes.certificates import reference
from quizzes.corrections import percent
from quizzes.kinds import kind_named
from quizzes.models import AttemptItem, Question, QuestionVersion
from quizzes.regrading import why_not_alike
from quizzes.rescoring import Rescored
from quizzes.texts import words_of


@dataclass(frozen=True)
class VersionLine:
    """An older version; `why_not` says why the corrected one cannot score its answers, `right` what its key says."""

    pk: int
    number: int
    right: str
    until: date | None
    why_not: str

    @property
    def label(self) -> str:
        words = _("Version %(number)s, asked until %(day)s. Right was: %(right)s")
        return words % {"number": self.number, "day": day(self.until) if self.until else "", "right": self.right}


@dataclass(frozen=True)
class ChangedLine:
    """A sitting that changes; `name` only for who may see whose it is. Scores in percent."""

    reference: str
    name: str
    title: str
    is_final: bool
    handed_in: date
    before: int
    after: int
    rises: bool
    falls: bool


def corrected_questions() -> QuerySet[Question]:
    """Questions whose published version came after one that was answered, the latest correction first."""
    older = QuestionVersion.objects.filter(question=OuterRef("pk"), state=State.SUPERSEDED)
    answered = older.filter(Exists(AttemptItem.objects.filter(version=OuterRef("pk"))))
    published = QuestionVersion.objects.filter(question=OuterRef("pk"), state=State.PUBLISHED)
    rows = Question.objects.filter(Exists(answered), Exists(published), archived_at=None, lesson__archived_at=None)
    return rows.filter(versions__state=State.PUBLISHED, lesson__isnull=False).order_by("-versions__published_at", "pk")


def published_version(lesson: str, key: str) -> QuestionVersion | None:
    """The version that is asked now of the question with that key in the lesson with that slug."""
    rows = QuestionVersion.objects.filter(
        question__lesson__slug=lesson, question__key=key, question__archived_at=None, state=State.PUBLISHED
    )
    return rows.select_related("question__lesson").first()


def version_lines(corrected: QuestionVersion, language: str) -> list[VersionLine]:
    """The older versions of its question, the latest first."""
    older = QuestionVersion.objects.filter(question=corrected.question_id, state=State.SUPERSEDED).order_by("-number")
    words = _words([*older, corrected], language)
    return [
        VersionLine(
            version.pk,
            version.number,
            right_of(version, words),
            timezone.localdate(version.superseded_at) if version.superseded_at else None,
            why_not_alike(version, corrected),
        )
        for version in older
    ]


def _words(versions: Sequence[QuestionVersion], language: str) -> dict[int, dict[str, object]]:
    latest = max(version.published_at for version in versions if version.published_at)
    return words_of([version.pk for version in versions], language, latest)


def right_of(version: QuestionVersion, words: Mapping[int, Mapping[str, object]]) -> str:
    """What the version's key says, in words; for an answer in several parts, the parts."""
    kind = kind_named(version.kind)
    structure, key = kind.parse(version.structure, version.answer_key)
    said = kind.parse_words(words[version.pk], structure, key)
    review = kind.review(structure, key, said, kind.ids(structure), kind.blank)
    if review.right_display:
        return review.right_display
    lines = [f"{line.label} {line.text}" for line in review.lines]
    return " · ".join(lines or [option.text for option in review.options if option.right])


def stems(questions: Iterable[Question], language: str) -> dict[int, str]:
    """What each asks now, by question id."""
    versions = QuestionVersion.objects.filter(question__in=list(questions), state=State.PUBLISHED)
    published = list(versions)
    if not published:
        return {}
    words = _words(published, language)
    return {version.question_id: str(words.get(version.pk, {}).get("stem", "")) for version in published}


def changed_lines(rescored: Sequence[Rescored], language: str, *, named: bool) -> list[ChangedLine]:
    """As they are shown; `named` with the names of people who have an account."""
    lessons = lesson_titles(sorted({one.sitting.lesson for one in rescored if one.sitting.lesson}), language)
    courses = {course.pk: course.title for course in titled_courses(language)}
    names = _names({one.learner for one in rescored}) if named else {}
    return [
        ChangedLine(
            reference(one.attempt),
            names.get(one.learner, ""),
            lessons.get(one.sitting.lesson or 0) or courses.get(one.sitting.course, ""),
            one.sitting.lesson is None,
            one.sitting.handed_in,
            percent(one.score_before),
            percent(one.score_after),
            one.rises,
            one.falls,
        )
        for one in rescored
    ]


def _names(learners: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    people = User.objects.filter(learner__in=list(learners)).select_related("learner")
    return {user.learner.pk: user.display_name or user.email or "" for user in people}
