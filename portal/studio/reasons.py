"""Why a release cannot go out, each reason with the place where it is mended."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lessons.models import CourseEdition, Lesson, LocalFactValue, Media, Revision
from lessons.readiness import Reason
from portal.studio.languages import language_name
from quizzes.models import Question, QuestionText, QuestionVersion


@dataclass(frozen=True)
class Place:
    """What is to be done, of what, and where; `url` is empty where the studio has no page for it."""

    subject: str
    line: int | None
    message: str
    url: str


def places_of(reasons: Iterable[Reason]) -> list[Place]:
    """The reasons with their addresses. One query at most."""
    found = list(reasons)
    questions = {question.pk: question for each in found if (question := _question(each.subject))}
    slugs = dict(
        Lesson.objects.filter(pk__in={question.lesson_id for question in questions.values()}).values_list("pk", "slug")
        if questions
        else ()
    )
    return [_place(each, slugs) for each in found]


def _question(subject: Any) -> Question | None:
    if isinstance(subject, QuestionText):
        subject = subject.version
    return subject.question if isinstance(subject, QuestionVersion) else None


def _place(reason: Reason, slugs: dict[Any, str]) -> Place:
    subject, question = reason.subject, _question(reason.subject)
    if isinstance(subject, Revision):
        language = subject.text.language
        url = reverse("studio:lesson", kwargs={"lesson": subject.text.lesson.slug}) + f"#{language}"
        return Place(f"{subject.title} · {language_name(language)}", reason.line, reason.message, url)
    if isinstance(subject, CourseEdition):
        url = reverse("studio:edition", kwargs={"course": subject.course.slug})
        return Place(str(subject), reason.line, reason.message, url)
    if isinstance(subject, Lesson):
        return Place(str(subject), reason.line, reason.message, reverse("studio:lesson_check", args=[subject.slug]))
    if isinstance(subject, LocalFactValue):
        url = f"{reverse('studio:facts')}#{subject.fact.key}"
        return Place(f"{subject.fact.key}: {subject}", reason.line, reason.message, url)
    if isinstance(subject, Media):
        url = reverse("studio:picture", kwargs={"picture": subject.pk}) + "#credit"
        return Place(_("Picture: %(name)s") % {"name": subject}, reason.line, reason.message, url)
    if question is None:
        return Place(str(subject), reason.line, reason.message, "")
    lesson = slugs.get(question.lesson_id)
    url = reverse("studio:question", kwargs={"lesson": lesson, "key": question.key}) if lesson else ""
    words = f" · {language_name(subject.language)}" if isinstance(subject, QuestionText) else ""
    return Place(f"{question.key}{words}", reason.line, reason.message, url)
