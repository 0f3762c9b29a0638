"""What is said of a skill: only what the latest answers show, by how much each question tests it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from lessons.catalogue import outlines
from lessons.models import CourseEdition, Lesson, Skill, SkillText
from quizzes import attempts
from quizzes.evidence import Shown, last_shown
from quizzes.learners import merge
from quizzes.models import Learner, Question, QuestionSkill, Quiz
from quizzes.skills import AGAIN, KNOWN, NEW, PRACTISED, Probe, SkillGroup, skill_groups, state_of
from tests.factories import LearnerFactory, SkillFactory, check_of, published_course, published_lesson
from tests.quizzes.sitting import RIGHT, WRONG, begin, save, sit

AT = datetime(2026, 3, 3, 12, tzinfo=UTC)
ON = date(2026, 3, 3)


def probe(question: int, weight: str = "1", *, critical: bool = False) -> Probe:
    return Probe(question, 1, critical, Decimal(weight))


def shown(**shares: Any) -> dict[int, Shown]:
    """`shown(q1=1, q2=0)`."""
    numbers = {int(name[1:]): share for name, share in shares.items()}
    return {number: Shown(number, 1, True, False, Decimal(share), ON) for number, share in numbers.items()}


def test_without_an_answer_a_skill_is_not_yet_started() -> None:
    assert state_of([probe(1)], {}) == NEW


def test_a_skill_is_known_when_every_question_was_right_the_last_time() -> None:
    assert state_of([probe(1), probe(2)], shown(q1=1, q2=1)) == KNOWN


def test_a_skill_is_practised_while_a_question_is_still_open() -> None:
    assert state_of([probe(1), probe(2)], shown(q1=1)) == PRACTISED


def test_a_question_that_weighs_little_does_not_undo_a_skill() -> None:
    assert state_of([probe(1), probe(2, "0.25")], shown(q1=1, q2=0)) == KNOWN


def test_a_question_that_weighs_much_does() -> None:
    assert state_of([probe(1), probe(2, "0.3")], shown(q1=1, q2=0)) == AGAIN


def test_a_critical_question_that_was_not_right_undoes_a_skill_whatever_it_weighs() -> None:
    assert state_of([probe(1, "9"), probe(2, "0.01", critical=True)], shown(q1=1, q2=0)) == AGAIN


@given(st.lists(st.tuples(st.booleans(), st.decimals("0.01", 99, places=2)), min_size=1, max_size=8))
def test_all_right_is_never_worth_repeating_and_all_wrong_always(probes: list[tuple[bool, Decimal]]) -> None:
    asked = [Probe(number, 1, critical, weight) for number, (critical, weight) in enumerate(probes)]
    every = {f"q{number}": 1 for number in range(len(probes))}
    assert state_of(asked, shown(**every)) == KNOWN
    assert state_of(asked, shown(**dict.fromkeys(every, 0))) == AGAIN


@pytest.fixture
def lesson(db: None) -> Lesson:
    """A lesson whose two questions test two parts of one skill."""
    lesson = published_lesson("one", "Stop it")
    check_of(lesson)
    whole = skill("whole", "Control bleeding")
    for number, question in enumerate(Question.objects.order_by("position")):
        QuestionSkill.objects.create(question=question, skill=skill(f"part-{number}", f"Part {number}", whole))
    return lesson


@pytest.fixture
def course(lesson: Lesson) -> CourseEdition:
    return published_course(lessons=[lesson])


def skill(key: str, name: str, parent: Skill | None = None) -> Skill:
    made: Skill = SkillFactory(key=key, parent=parent)
    for language, words in (("en", name), ("ar", f"{name} بالعربية")):
        SkillText.objects.create(skill=made, language=language, name=words)
    return made


def groups(learner: Learner | None, language: str = "en") -> list[SkillGroup]:
    return skill_groups(learner, language, outlines(language))


def told(learner: Learner) -> list[tuple[str, str, int, int]]:
    """(name, state, right, total) of the one group and its parts."""
    (group,) = groups(learner)
    return [(each.name, each.state, each.right, each.total) for each in (group.whole, *group.parts)]


def test_the_whole_is_told_of_all_its_parts(course: CourseEdition) -> None:
    learner = LearnerFactory()
    attempt = begin(learner, Quiz.objects.get(), course.pk, now=AT)
    first = attempt.items.select_related("version").order_by("version__question__position")[0]
    save(first, RIGHT, AT)
    assert told(learner) == [
        ("Control bleeding", PRACTISED, 1, 2),
        ("Part 0", KNOWN, 1, 1),
        ("Part 1", NEW, 0, 1),
    ]


def test_a_stranger_has_started_nothing(course: CourseEdition) -> None:
    (group,) = groups(None)
    assert (group.whole.state, group.begun, group.whole.last_on) == (NEW, False, None)


def test_names_come_in_the_readers_language(course: CourseEdition) -> None:
    assert groups(None, "ar")[0].whole.name == "Control bleeding بالعربية"


def test_the_latest_answer_counts_not_the_best(course: CourseEdition) -> None:
    learner = LearnerFactory()
    sit(learner, Quiz.objects.get(), course.pk, RIGHT, now=AT)
    sit(learner, Quiz.objects.get(), course.pk, WRONG, now=AT + timedelta(days=1))
    (group,) = groups(learner)
    assert (group.whole.state, group.whole.right, group.whole.last_on) == (AGAIN, 0, date(2026, 3, 4))


def test_an_answer_whose_feedback_is_not_due_shows_nothing(course: CourseEdition) -> None:
    Quiz.objects.update(feedback=Quiz.Feedback.AT_END)
    learner = LearnerFactory()
    for item in begin(learner, Quiz.objects.get(), course.pk).items.select_related("version"):
        save(item)
    assert last_shown(learner) == {}


def test_a_question_left_out_shows_nothing(course: CourseEdition) -> None:
    Quiz.objects.update(feedback=Quiz.Feedback.AT_END)
    learner = LearnerFactory()
    attempts.submit(begin(learner, Quiz.objects.get(), course.pk).pk)
    assert last_shown(learner) == {}


def test_the_lesson_named_is_the_one_that_teaches_it(course: CourseEdition) -> None:
    (group,) = groups(None)
    assert group.parts[0].lesson.url.endswith("/courses/first-aid/one/")


def test_an_archived_question_no_longer_tests_a_skill(course: CourseEdition) -> None:
    learner = LearnerFactory()
    sit(learner, Quiz.objects.get(), course.pk, WRONG, now=AT)
    Question.objects.update(archived_at=AT)
    assert groups(learner) == []
    assert last_shown(learner) == {}


def test_what_a_merged_guest_answered_is_shown_for_the_account(course: CourseEdition) -> None:
    guest, own = LearnerFactory(), LearnerFactory()
    sit(guest, Quiz.objects.get(), course.pk, WRONG, now=AT)
    merge(guest, own)
    assert groups(own)[0].whole.state == AGAIN


def test_what_was_answered_comes_before_what_was_not(course: CourseEdition) -> None:
    later = published_lesson("two")
    check_of(later)
    published_course("other", [later])
    QuestionSkill.objects.create(question=Question.objects.get(lesson=later, position=0), skill=skill("s", "Later"))
    learner = LearnerFactory()
    assert [group.whole.name for group in groups(learner)] == ["Control bleeding", "Later"]
    sit(learner, Quiz.objects.get(lesson=later), CourseEdition.objects.get(course__slug="other").pk, now=AT)
    assert [group.whole.name for group in groups(learner)] == ["Later", "Control bleeding"]


def test_many_skills_take_as_many_queries(
    course: CourseEdition, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    question = Question.objects.first()
    assert question is not None
    for number in range(10):
        QuestionSkill.objects.create(question=question, skill=skill(f"more-{number}", f"More {number}"))
    paths, learner = outlines("en"), LearnerFactory()
    with django_assert_num_queries(3):
        assert len(skill_groups(learner, "en", paths)) == 11
