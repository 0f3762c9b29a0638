"""What is named as worth attention, in which order, and which one step comes first."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from lessons.catalogue import LessonLine, Outline
from quizzes.attention import Due, Step, attention, next_step
from quizzes.evidence import Shown
from quizzes.standing import COMPLETE, EXPIRED, STARTED, Standing

TODAY = date(2026, 6, 1)
LINE = LessonLine(1, 1, "Bleeding", 4, "/first-aid/bleeding/", "", "L-1", "bleeding")
PATH = Outline(1, 1, "first-aid", "First aid", "/first-aid/", (LINE,))
OTHER = Outline(2, 2, "fire", "Fire", "/fire/", (replace(LINE, id=2, slug="fire", url="/fire/out/", title="Get out"),))
PATHS = {1: PATH, 2: OTHER}


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


def course(state: str = STARTED, expires_on: date | None = None, **fields: object) -> Standing:
    standing = Standing(
        course_id=1,
        title="First aid",
        url="/first-aid/",
        state=state,
        passed=0,
        total=1,
        percent=0,
        started_on=TODAY,
        active_on=TODAY,
        completed_on=TODAY if state != STARTED else None,
        expires_on=expires_on,
        next_title="Bleeding",
        next_url="/first-aid/bleeding/",
        final_url="/first-aid/final/",
        certificate=uuid.uuid4(),
    )
    return replace(standing, **fields)  # type: ignore[arg-type]


def answer(share: str = "1", days_ago: int = 0, *, critical: bool = False, lesson: int = 1) -> Shown:
    return Shown(1, lesson, True, critical, Decimal(share), in_days(-days_ago))


def steps(courses: Sequence[Standing] = (), asked: Sequence[Due] = (), *answers: Shown) -> list[Step]:
    return attention(courses, asked, dict(enumerate(answers)), PATHS, TODAY)


def whys(courses: Sequence[Standing] = (), asked: Sequence[Due] = (), *answers: Shown) -> list[str]:
    return [step.why for step in steps(courses, asked, *answers)]


@pytest.mark.parametrize(
    ("days", "why"),
    [(-1, "overdue"), (0, "due"), (14, "due"), (15, "assigned"), (None, "assigned")],
)
def test_a_course_asked_for_is_named_by_how_near_its_day_is(days: int | None, why: str) -> None:
    assert whys((), [Due(2, None if days is None else in_days(days), "School")]) == [why]


def test_a_course_asked_for_leads_to_where_the_learner_stopped() -> None:
    begun = course(next_title="The final", next_url="/first-aid/final/")
    (step,) = steps([begun], [Due(1, None, "School")])
    assert (step.title, step.next_title, step.url, step.by) == ("First aid", "The final", "/first-aid/final/", "School")


def test_a_course_asked_for_that_was_not_begun_leads_to_its_first_lesson() -> None:
    (step,) = steps((), [Due(2, None, "School")])
    assert (step.next_title, step.url) == ("Get out", "/fire/out/")


def test_a_course_asked_for_that_is_complete_needs_nothing() -> None:
    assert whys([course(COMPLETE)], [Due(1, in_days(-1), "School")]) == []


def test_a_course_asked_for_that_ran_out_is_named_once() -> None:
    assert whys([course(EXPIRED, in_days(-9))], [Due(1, in_days(-1), "School")]) == ["overdue"]


def test_a_course_asked_for_that_cannot_be_read_is_left_out() -> None:
    assert whys((), [Due(99, in_days(-1), "School")]) == []


@pytest.mark.parametrize(("days", "named"), [(1, ["runs_out"]), (60, ["runs_out"]), (61, []), (None, [])])
def test_a_completion_is_named_in_its_last_sixty_days(days: int | None, named: list[str]) -> None:
    assert whys([course(COMPLETE, None if days is None else in_days(days))]) == named


def test_renewing_leads_to_the_final() -> None:
    assert steps([course(COMPLETE, in_days(9))])[0].url == "/first-aid/final/"


def test_what_cannot_be_renewed_yet_is_not_named() -> None:
    assert whys([course(COMPLETE, in_days(9), final_url="")]) == []


def test_a_completion_that_ran_out_is_named() -> None:
    assert whys([course(EXPIRED, in_days(-1))]) == ["run_out"]


def test_an_answer_that_was_not_right_makes_its_lesson_worth_repeating() -> None:
    (step,) = steps([course()], (), answer("0", 3), answer("0.5", 5), answer("1"))
    assert (step.why, step.count, step.on) == ("not_right", 2, in_days(-3))
    assert step.url.endswith("/courses/first-aid/bleeding/quiz/")
    assert step.lesson_url == LINE.url


def test_a_critical_one_says_so() -> None:
    assert whys([course()], (), answer("0"), answer("0", critical=True)) == ["critical"]


def test_a_critical_answer_that_was_right_is_nothing_to_mend() -> None:
    assert whys([course()], (), answer("1", critical=True)) == []


@pytest.mark.parametrize(("ago", "named"), [(181, []), (182, ["long_ago"]), (400, ["long_ago"])])
def test_what_was_right_is_worth_repeating_after_six_months(ago: int, named: list[str]) -> None:
    assert whys([course()], (), answer("1", ago)) == named


def test_repeating_one_question_lately_keeps_its_lesson_fresh() -> None:
    assert whys([course()], (), answer("1", 400), answer("1", 10)) == []


def test_a_lesson_that_is_no_longer_read_is_left_out() -> None:
    assert whys([course()], (), answer("0", lesson=77)) == []


def test_a_lesson_in_two_courses_is_repeated_in_the_one_last_worked_in() -> None:
    shared = replace(OTHER, lessons=(LINE,))
    found = attention([course(course_id=2)], (), {1: answer("0")}, {1: PATH, 2: shared}, TODAY)
    assert "/fire/bleeding/" in found[0].url


def test_the_most_pressing_comes_first() -> None:
    asked = [Due(2, in_days(-1), "School")]
    assert whys([course(COMPLETE, in_days(9))], asked, answer("0", critical=True)) == [
        "overdue",
        "critical",
        "runs_out",
    ]


def test_of_two_days_the_earlier_comes_first() -> None:
    asked = [Due(1, in_days(9), "School"), Due(2, in_days(3), "School")]
    assert [step.title for step in steps((), asked)] == ["Fire", "First aid"]


def the_next(courses: Sequence[Standing], found: Sequence[Step] = ()) -> Step | None:
    return next_step(found, courses, PATHS)


def test_going_on_comes_before_repeating_what_was_not_right() -> None:
    step = the_next([course()], steps([course()], (), answer("0")))
    assert step is not None
    assert (step.why, step.url) == ("go_on", "/first-aid/bleeding/")


def test_a_critical_mistake_comes_before_going_on() -> None:
    step = the_next([course()], steps([course()], (), answer("0", critical=True)))
    assert step is not None
    assert step.why == "critical"


def test_when_all_is_done_the_next_step_is_a_course_not_begun() -> None:
    step = the_next([course(COMPLETE)])
    assert step is not None
    assert (step.why, step.title, step.url) == ("begin", "Fire", "/fire/")


def test_when_every_course_is_complete_there_is_no_step() -> None:
    assert the_next([course(COMPLETE), course(COMPLETE, course_id=2)]) is None
