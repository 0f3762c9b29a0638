"""What the pages of an attempt show, as their templates take it."""

from collections.abc import Collection, Iterable
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lessons.catalogue import LessonLine, Outline, course_url, lesson_url, outline_of_edition
from lessons.models import State
from quizzes import clocks, sitting
from quizzes.allowance import allowance
from quizzes.attempts import critical_missed
from quizzes.calibration import calibration
from quizzes.corrections import corrections_of
from quizzes.kinds import kind_named
from quizzes.kinds.base import RIGHT
from quizzes.models import Attempt, AttemptItem, QuestionVersion, Quiz, Response
from quizzes.policies import policy_of
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
    given = sitting.last_given(items)
    saved = given.get(item.pk)
    words = sitting.words_for(attempt, [item.version_id], language)[item.version_id]
    answer = typed_answer if typed_answer is not None else saved and saved.answer
    now, rules = timezone.now(), Rules.model_validate(attempt.rules)
    return _around(attempt, items, item, language, given) | {
        "question": sitting.question_view(item.version, words, item.option_order, answer),
        "clock": clocks.clock_of(item, rules, now),
        "asks_confidence": rules.confidence,
        "confidence": saved.confidence if saved else "",
    }


def ready(attempt: Attempt, items: list[AttemptItem], item: AttemptItem, language: str) -> dict[str, Any]:
    """Before a question that has a clock: nothing of the question itself."""
    allowed = Rules.model_validate(attempt.rules).pace.allowed(item.version.seconds)
    return _around(attempt, items, item, language, sitting.last_given(items)) | {
        "form_action": reverse("quizzes:start", kwargs={"attempt": attempt.pk, "step": item.step}),
        "seconds": round(allowed.total_seconds()) if allowed else None,
    }


def _around(
    attempt: Attempt, items: list[AttemptItem], item: AttemptItem, language: str, given: Collection[int]
) -> dict[str, Any]:
    """What stands around a question: the quiz, the way, the time, the rule of its feedback."""
    now, rules = timezone.now(), Rules.model_validate(attempt.rules)
    ways = {
        "previous_url": _back_url(attempt, item),
        "next_url": _skip_url(attempt, items, item),
        "overview_url": sitting.overview_url(attempt),
    }
    return {
        "quiz": quiz_heading(attempt, outline_of_edition(attempt.edition_id, language)),
        "attempt": attempt,
        "step": item.step,
        "total": len(items),
        "dots": sitting.dots(items, item.step, given),
        "deadline": attempt.deadline,
        "seconds_left": sitting.seconds_left(attempt, now),
        "policy": policy_of(rules, attempt.state, now),
        "at_once": rules.at_once,
    } | ({} if rules.at_once else ways)


def _back_url(attempt: Attempt, item: AttemptItem) -> str:
    return sitting.question_url(attempt.pk, item.step - 1) if item.step > 1 else ""


def _skip_url(attempt: Attempt, items: list[AttemptItem], item: AttemptItem) -> str:
    following = item.step + 1
    return sitting.question_url(attempt.pk, following) if following <= len(items) else sitting.overview_url(attempt)


def feedback(attempt: Attempt, items: list[AttemptItem], item: AttemptItem, language: str) -> dict[str, Any]:
    """A question after its answer, where its key may be seen."""
    given = sitting.last_given(items)
    saved = given.get(item.pk)
    measured_by = item.measured_by.pk
    words = sitting.words_for(attempt, [measured_by], language)[measured_by]
    seen = sitting.reviewed(item, words, saved.answer if saved else None)
    following = sitting.next_url(attempt, items)
    return {
        "quiz": quiz_heading(attempt, outline_of_edition(attempt.edition_id, language)),
        "attempt": attempt,
        "step": item.step,
        "total": len(items),
        "dots": sitting.dots(items, item.step, given),
        "question": seen,
        "verdict": seen.verdict,
        "explanation": seen.explanation,
        "whys": seen.whys,
        "reaction": clocks.reaction(item, Rules.model_validate(attempt.rules), saved.saved_at if saved else None),
        "sure_and_wrong": saved is not None and saved.confidence == Response.Confidence.SURE and seen.verdict != RIGHT,
        "next_url": following,
        "is_last": following == sitting.result_url(attempt),
    }


def result(attempt: Attempt, items: list[AttemptItem], language: str) -> dict[str, Any]:
    """A finished attempt; keys and explanations only once its rules let them be seen."""
    now, rules = timezone.now(), Rules.model_validate(attempt.rules)
    path = outline_of_edition(attempt.edition_id, language)
    heading = quiz_heading(attempt, path)
    policy = policy_of(rules, attempt.state, now)
    missed = critical_missed(items)
    return (
        {
            "quiz": heading,
            "attempt": attempt,
            "score_percent": round((attempt.score or 0) * 100),
            "pass_percent": round(rules.pass_mark * 100),
            "passed": attempt.passed,
            "is_final": heading["is_final"],
            "in_full": not rules.at_once,
            "points": {"right": sum(1 for item in items if item.fraction == 1), "total": len(items)},
            "critical_missed": bool(missed),
            "critical_lessons": _lessons_of(missed, path),
            "again": _lessons_of([item for item in items if item.fraction != 1], path),
            "policy": policy,
            "pace": rules.pace if rules.time_limit else None,
            "completion": completions_as_of().filter(attempt=attempt).first(),
            "corrections": corrections_of(attempt),
            "course": {"title": path.title if path else "", "url": course_url(attempt.edition.course.slug)},
            "allowed": allowance(attempt.learner, _quiz_now(attempt), now),
        }
        | (_opened(attempt, items, language, path) if policy.is_open else {})
        | _ways_on(attempt, path)
    )


def _quiz_now(attempt: Attempt) -> Quiz:
    """The quiz that another attempt would be of: of a final, that of the edition which is published now."""
    if attempt.quiz.lesson_id or attempt.edition.state == State.PUBLISHED:
        return attempt.quiz
    finals = Quiz.objects.filter(edition__course=attempt.edition.course_id, edition__state=State.PUBLISHED)
    return finals.first() or attempt.quiz


def _opened(attempt: Attempt, items: list[AttemptItem], language: str, path: Outline | None) -> dict[str, Any]:
    """What is shown once the key is open: each question with its answer, and how sure the learner was."""
    given = sitting.last_given(items)
    words = sitting.words_for(attempt, [item.measured_by.pk for item in items], language)
    answers = {pk: saved.answer for pk, saved in given.items()}
    reviews = [sitting.reviewed(item, words[item.measured_by.pk], answers.get(item.pk)) for item in items]
    stems = {item.pk: review.stem for item, review in zip(items, reviews, strict=True)}
    said = {pk: saved.confidence for pk, saved in given.items()}
    return {"items": reviews, "calibration": calibration(items, said, stems, path)}


def _lessons_of(items: Iterable[AttemptItem], path: Outline | None) -> list[LessonLine]:
    """The lessons of these questions, each once, in the course's order."""
    wanted = {item.version.question.lesson_id for item in items}
    return [line for line in path.lessons if line.id in wanted] if path else []


def retry_url(attempt: Attempt) -> str:
    """Where its quiz is begun."""
    course, lesson = attempt.edition.course, attempt.quiz.lesson
    if lesson is None:
        return reverse("quizzes:final", kwargs={"course": course.slug})
    return reverse("quizzes:check", kwargs={"course": course.slug, "lesson": lesson.slug})


def _ways_on(attempt: Attempt, path: Outline | None) -> dict[str, str]:
    """Where to go from a result: again, and onward."""
    course, lesson, retry = attempt.edition.course, attempt.quiz.lesson, retry_url(attempt)
    if lesson is None:
        return {"retry_url": retry, "next_url": reverse("home:my_learning"), "next_label": _("My learning")}
    line = path.line(lesson.slug) if path else None
    if path and line and line.number < len(path.lessons):
        following = path.lessons[line.number]
        return {"retry_url": retry, "next_url": following.url, "next_label": following.title}
    if Quiz.objects.filter(edition=attempt.edition_id).exists():
        final = reverse("quizzes:final", kwargs={"course": course.slug})
        return {"retry_url": retry, "next_url": final, "next_label": _("The course's final")}
    return {"retry_url": retry, "next_url": course_url(course.slug), "next_label": path.title if path else ""}
