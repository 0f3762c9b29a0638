"""What the pages of an attempt show, as their templates take it."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lessons.catalogue import LessonLine, Outline, course_url, lesson_url, outline_of_edition
from quizzes import sitting
from quizzes.attempts import critical_missed
from quizzes.corrections import corrections_of
from quizzes.kinds import kind_named
from quizzes.models import Attempt, AttemptItem, QuestionVersion, Quiz
from quizzes.rules import Rules
from quizzes.validity import completions_as_of


def typed(version: QuestionVersion, data: QueryDict) -> Any:
    """What the person had entered, to be shown again beside the error."""
    kind = kind_named(version.kind)
    return kind.typed(kind.structure.model_validate(version.structure), data)


def quiz_heading(attempt: Attempt, path: Outline | None) -> dict[str, Any]:
    """Title and way back of the quiz an attempt is of."""
    course = attempt.edition.course
    lesson = attempt.quiz.lesson
    if lesson is None:
        return {"title": path.title if path else course.key, "back_url": course_url(course.slug), "is_final": True}
    line = path.line(lesson.slug) if path else None
    back = lesson_url(course.slug, lesson.slug)
    return {"title": line.title if line else lesson.key, "back_url": back, "is_final": False}


def asking(
    attempt: Attempt, items: list[AttemptItem], item: AttemptItem, language: str, typed_answer: Any
) -> dict[str, Any]:
    """A question that takes an answer."""
    answers = sitting.last_answers(items)
    words = sitting.words_for(attempt, [item.version_id], language)[item.version_id]
    answer = answers.get(item.pk) if typed_answer is None else typed_answer
    heading = quiz_heading(attempt, outline_of_edition(attempt.edition_id, language))
    return {
        "quiz": heading,
        "attempt": attempt,
        "step": item.step,
        "total": len(items),
        "dots": sitting.dots(items, item.step, answers),
        "question": sitting.question_view(item.version, words, item.option_order, answer),
        "deadline": attempt.deadline,
        "seconds_left": sitting.seconds_left(attempt, timezone.now()),
        "previous_url": _back_url(attempt, item) if heading["is_final"] else "",
        "next_url": _skip_url(attempt, items, item) if heading["is_final"] else "",
        "overview_url": sitting.overview_url(attempt) if heading["is_final"] else "",
    }


def _back_url(attempt: Attempt, item: AttemptItem) -> str:
    return sitting.question_url(attempt.pk, item.step - 1) if item.step > 1 else ""


def _skip_url(attempt: Attempt, items: list[AttemptItem], item: AttemptItem) -> str:
    following = item.step + 1
    return sitting.question_url(attempt.pk, following) if following <= len(items) else sitting.overview_url(attempt)


def feedback(attempt: Attempt, items: list[AttemptItem], item: AttemptItem, language: str) -> dict[str, Any]:
    """A question of a check after its answer."""
    answers = sitting.last_answers(items)
    measured_by = item.measured_by.pk
    words = sitting.words_for(attempt, [measured_by], language)[measured_by]
    seen = sitting.reviewed(item, words, answers.get(item.pk))
    following = sitting.next_url(attempt, items)
    return {
        "quiz": quiz_heading(attempt, outline_of_edition(attempt.edition_id, language)),
        "attempt": attempt,
        "step": item.step,
        "total": len(items),
        "dots": sitting.dots(items, item.step, answers),
        "question": seen,
        "verdict": seen.verdict,
        "explanation": seen.explanation,
        "whys": seen.whys,
        "next_url": following,
        "is_last": following == sitting.result_url(attempt),
    }


def result(attempt: Attempt, items: list[AttemptItem], language: str) -> dict[str, Any]:
    """A finished attempt."""
    rules = Rules.model_validate(attempt.rules)
    path = outline_of_edition(attempt.edition_id, language)
    heading = quiz_heading(attempt, path)
    completion = completions_as_of().filter(attempt=attempt).first()
    return {
        "quiz": heading,
        "attempt": attempt,
        "score_percent": round((attempt.score or 0) * 100),
        "pass_percent": round(rules.pass_mark * 100),
        "passed": attempt.passed,
        "is_final": heading["is_final"],
        "points": {"right": sum(1 for item in items if item.fraction == 1), "total": len(items)},
        "critical_missed": bool(critical_missed(items)),
        "again": _again(items, path),
        "items": _reviewed_items(attempt, items, language, rules),
        "completion": completion,
        "corrections": corrections_of(attempt),
        "course": {"title": path.title if path else "", "url": course_url(attempt.edition.course.slug)},
    } | _ways_on(attempt, path)


def _reviewed_items(
    attempt: Attempt, items: list[AttemptItem], language: str, rules: Rules
) -> list[sitting.ReviewedItem]:
    if rules.feedback not in {Quiz.Feedback.AT_ONCE, Quiz.Feedback.AT_END}:
        return []
    answers = sitting.last_answers(items)
    words = sitting.words_for(attempt, [item.measured_by.pk for item in items], language)
    return [sitting.reviewed(item, words[item.measured_by.pk], answers.get(item.pk)) for item in items]


def _again(items: list[AttemptItem], path: Outline | None) -> list[LessonLine]:
    """The lessons whose questions were not fully right, each once, in the course's order."""
    weak = {item.version.question.lesson_id for item in items if item.fraction != 1}
    return [line for line in path.lessons if line.id in weak] if path else []


def _ways_on(attempt: Attempt, path: Outline | None) -> dict[str, str]:
    """Where to go from a result: again, and onward."""
    course, lesson = attempt.edition.course, attempt.quiz.lesson
    if lesson is None:
        retry = reverse("quizzes:final", kwargs={"course": course.slug})
        return {"retry_url": retry, "next_url": reverse("home:my_learning"), "next_label": _("My learning")}
    retry = reverse("quizzes:check", kwargs={"course": course.slug, "lesson": lesson.slug})
    line = path.line(lesson.slug) if path else None
    if path and line and line.number < len(path.lessons):
        following = path.lessons[line.number]
        return {"retry_url": retry, "next_url": following.url, "next_label": following.title}
    if Quiz.objects.filter(edition=attempt.edition_id).exists():
        final = reverse("quizzes:final", kwargs={"course": course.slug})
        return {"retry_url": retry, "next_url": final, "next_label": _("The course's final")}
    return {"retry_url": retry, "next_url": course_url(course.slug), "next_label": path.title if path else ""}
