"""Counting what is in the database: who is counted, who is not, and what is kept of it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lessons.models import CourseEdition, Lesson, State
from portal.accounts.models import User
from quizzes import attempts
from quizzes.analysis.counting import count_quiz, with_means
from quizzes.analysis.figures import ChoiceFigures
from quizzes.analysis.flags import FEW, MANY
from quizzes.analysis.sittings import first_sittings
from quizzes.erasing import erase_learner
from quizzes.models import Attempt, AttemptItem, ItemStatistic, Learner, Question, Quiz, QuizStatistic
from tests.factories import (
    LONG_AGO,
    MATCHING,
    NUMERICAL,
    ORDERING,
    SINGLE,
    LearnerFactory,
    UserFactory,
    check_of,
    draft_question,
    published_course,
    published_lesson,
)
from tests.quizzes.sitting import RIGHT, WRONG, answer_of, begin, save, sit

pytestmark = pytest.mark.django_db
NOBODY = User.objects.none


@pytest.fixture
def quiz() -> Quiz:
    return check_of(published_lesson(), [SINGLE, NUMERICAL])


@pytest.fixture
def edition(quiz: Quiz) -> CourseEdition:
    return published_course(lessons=[Lesson.objects.get()], final={})


def sit_many(quiz: Quiz, edition: CourseEdition, right: int, wrong: int) -> list[Learner]:
    learners: list[Learner] = [LearnerFactory() for _person in range(right + wrong)]
    for number, learner in enumerate(learners):
        sit(learner, quiz, edition.pk, RIGHT if number < right else WRONG)
    return learners


def single(quiz: Quiz, language: str = "") -> ItemStatistic:
    return ItemStatistic.objects.get(quiz=quiz, version__kind="single_choice", language=language)


def test_the_share_right_and_what_was_chosen(quiz: Quiz, edition: CourseEdition) -> None:
    sit_many(quiz, edition, right=24, wrong=6)
    assert count_quiz(quiz, NOBODY()) == 30
    found = single(quiz)
    assert found.people == 30
    assert found.facility == pytest.approx(0.8)
    assert {each["id"]: each["share"] for each in found.choices} == {"press": 0.8, "wait": 0.2, "wash": 0}


def test_too_few_answers_keep_no_figure(quiz: Quiz, edition: CourseEdition) -> None:
    sit_many(quiz, edition, right=FEW - 2, wrong=1)
    count_quiz(quiz, NOBODY())
    found = single(quiz)
    assert found.people == FEW - 1
    assert (found.facility, found.upper_lower, found.discrimination, found.choices) == (None, None, None, [])


def test_only_the_first_sitting_counts(quiz: Quiz, edition: CourseEdition) -> None:
    for learner in sit_many(quiz, edition, right=0, wrong=FEW):
        sit(learner, quiz, edition.pk, RIGHT)
    count_quiz(quiz, NOBODY())
    assert single(quiz).facility == 0
    assert QuizStatistic.objects.get(language="").later == FEW


def test_of_sittings_that_began_together_one_counts(quiz: Quiz, edition: CourseEdition) -> None:
    learner = LearnerFactory()
    for _sitting in range(2):
        sit(learner, quiz, edition.pk, now=LONG_AGO)
    assert count_quiz(quiz, NOBODY()) == 1


def test_staff_is_left_out_and_counted(quiz: Quiz, edition: CourseEdition) -> None:
    author = UserFactory()
    sit(LearnerFactory(user=author), quiz, edition.pk)
    sit_many(quiz, edition, right=2, wrong=0)
    assert count_quiz(quiz, User.objects.filter(pk=author.pk)) == 2
    assert QuizStatistic.objects.get(language="").staff == 1


def test_a_sitting_that_is_not_finished_does_not_count(quiz: Quiz, edition: CourseEdition) -> None:
    attempt = begin(LearnerFactory(), quiz, edition.pk)
    save(attempt.items.select_related("version").get(step=1))
    assert count_quiz(quiz, NOBODY()) == 0
    assert QuizStatistic.objects.get(language="").unfinished == 1


def test_an_answer_after_the_feedback_of_another_quiz_does_not_count(quiz: Quiz, edition: CourseEdition) -> None:
    final = Quiz.objects.get(edition=edition)
    learner, other = LearnerFactory(), LearnerFactory()
    sit(learner, quiz, edition.pk, now=LONG_AGO)
    for each in (learner, other):
        sit(each, final, edition.pk, now=LONG_AGO + timedelta(days=1))
    count_quiz(final, NOBODY())
    found = single(final)
    assert (found.people, found.seen_before) == (1, 1)
    assert QuizStatistic.objects.get(quiz=final, language="").people == 2


@pytest.mark.parametrize(
    ("rules", "seen"),
    [
        ({"feedback": Quiz.Feedback.AT_END}, 1),
        ({"feedback": Quiz.Feedback.NEVER}, 0),
        ({"feedback": Quiz.Feedback.AFTER_DUE, "due_at": LONG_AGO + timedelta(hours=23)}, 1),
        ({"feedback": Quiz.Feedback.AFTER_DUE, "due_at": LONG_AGO + timedelta(hours=25)}, 0),
    ],
)
@pytest.mark.parametrize("erased", [False, True])
def test_an_answer_counts_where_another_quiz_asked_before_and_told_nothing_yet(
    quiz: Quiz, edition: CourseEdition, rules: dict[str, Any], seen: int, *, erased: bool
) -> None:
    Quiz.objects.filter(pk=quiz.pk).update(**rules)
    quiz.refresh_from_db()
    final, learner = Quiz.objects.get(edition=edition), LearnerFactory()
    sit(learner, quiz, edition.pk, now=LONG_AGO)
    sit(learner, final, edition.pk, now=LONG_AGO + timedelta(days=1))
    if erased:
        erase_learner(learner)
    count_quiz(final, NOBODY())
    assert (single(final).people, single(final).seen_before) == (1 - seen, seen)


def test_who_is_erased_is_counted_by_the_same_sitting_as_before(quiz: Quiz, edition: CourseEdition) -> None:
    final = Quiz.objects.get(edition=edition)
    for number in range(8):
        learner = LearnerFactory()
        for hours, asked, answers in ((0, quiz, WRONG), (1, quiz, RIGHT), (2, final, RIGHT)):
            sit(learner, asked, edition.pk, answers, now=LONG_AGO + timedelta(minutes=number, hours=hours))
        erase_learner(learner)
    for each in (quiz, final):
        count_quiz(each, NOBODY())
    assert QuizStatistic.objects.get(quiz=quiz, language="").people == 8
    assert set(first_sittings(quiz, NOBODY()).values_list("score", flat=True)) == {0}
    assert (single(quiz).people, single(quiz).seen_before, single(final).seen_before) == (8, 0, 8)


def test_an_answer_within_a_second_does_not_count(quiz: Quiz, edition: CourseEdition) -> None:
    attempt = sit(LearnerFactory(), quiz, edition.pk, now=LONG_AGO)
    AttemptItem.objects.filter(attempt=attempt).update(shown_at=LONG_AGO - timedelta(seconds=0.5))
    count_quiz(quiz, NOBODY())
    assert (single(quiz).people, single(quiz).too_quick) == (0, 1)


def test_times_are_from_shown_to_the_first_answer(quiz: Quiz, edition: CourseEdition) -> None:
    for number in range(FEW):
        attempt = sit(LearnerFactory(), quiz, edition.pk, now=LONG_AGO)
        AttemptItem.objects.filter(attempt=attempt).update(shown_at=LONG_AGO - timedelta(seconds=10 + number))
    count_quiz(quiz, NOBODY())
    found = single(quiz)
    assert (found.lower_seconds, found.median_seconds, found.upper_seconds) == (17.25, 24.5, 31.75)


def test_a_question_left_without_an_answer_in_a_final_earns_nothing(quiz: Quiz, edition: CourseEdition) -> None:
    final = Quiz.objects.get(edition=edition)
    for _person in range(FEW):
        attempt = begin(LearnerFactory(), final, edition.pk, now=LONG_AGO)
        item = attempt.items.select_related("version").get(version__kind="numerical")
        save(item, RIGHT, LONG_AGO)
        attempt.items.update(shown_at=LONG_AGO)
        Attempt.objects.filter(pk=attempt.pk).update(state="submitted", submitted_at=LONG_AGO, score=0.5, passed=False)
    count_quiz(final, NOBODY())
    assert (single(final).facility, single(final).omitted) == (0, 1)


def test_a_question_that_was_never_on_the_screen_was_not_left_out(quiz: Quiz, edition: CourseEdition) -> None:
    final = Quiz.objects.get(edition=edition)
    for number in range(FEW + 10):
        attempt = begin(LearnerFactory(), final, edition.pk, now=LONG_AGO)
        save(attempt.items.select_related("version").get(version__kind="numerical"), RIGHT, LONG_AGO)
        if number < FEW:
            attempt.items.update(shown_at=LONG_AGO - timedelta(seconds=9))
        if number < FEW // 2:
            save(attempt.items.select_related("version").get(version__kind="single_choice"), RIGHT, LONG_AGO)
        attempts.submit(attempt.pk, LONG_AGO)
    count_quiz(final, NOBODY())
    assert (single(final).people, single(final).omitted) == (FEW + 10, 0.5)


def test_a_retired_question_tells_nothing_of_the_reliability_any_more(edition: CourseEdition, quiz: Quiz) -> None:
    for number in range(MANY):
        sit(LearnerFactory(), quiz, edition.pk, RIGHT if number % 2 else WRONG)
    count_quiz(quiz, NOBODY())
    assert QuizStatistic.objects.get(language="").alpha == pytest.approx(1)
    Question.objects.filter(versions__kind="numerical").update(archived_at=LONG_AGO)
    count_quiz(quiz, NOBODY())
    assert QuizStatistic.objects.get(language="").alpha is None


def test_the_last_answer_before_handing_in_counts(quiz: Quiz, edition: CourseEdition) -> None:
    final = Quiz.objects.get(edition=edition)
    for _person in range(FEW):
        attempt = begin(LearnerFactory(), final, edition.pk)
        for answers in (WRONG, RIGHT):
            for item in attempt.items.select_related("version"):
                save(item, answers)
        Attempt.objects.filter(pk=attempt.pk).update(state="submitted", submitted_at=LONG_AGO, score=1, passed=True)
    count_quiz(final, NOBODY())
    assert single(final).choices[0] == {"id": "press", "right": True, "told": FEW, "share": 1} | _no_thirds()


def _no_thirds() -> dict[str, Any]:
    return {"thirds": [], "rest": None, "r": None}


def of(people: int) -> ChoiceFigures:
    return ChoiceFigures(str(people), people, people / 400, (0.1, 0.1, 0.1), 0.0, 0.0)


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ((370, 30), {"370", "30"}),
        ((371, 29), set()),
        ((300, 71, 29), {"300"}),
        ((300, 71, 15, 14), {"300"}),
        ((300, 70, 16, 14), {"300", "70"}),
    ],
)
def test_the_mean_of_few_who_chose_an_option_is_not_to_be_had_from_the_others(
    chosen: tuple[int, ...], told: set[str]
) -> None:
    assert with_means([of(people) for people in chosen]) == told


def test_neither_mean_nor_correlation_is_kept_of_an_option_that_few_chose(quiz: Quiz, edition: CourseEdition) -> None:
    sit_many(quiz, edition, right=MANY - FEW + 1, wrong=FEW - 1)
    count_quiz(quiz, NOBODY())
    assert {(choice["rest"], choice["r"]) for choice in single(quiz).choices} == {(None, None)}


def test_what_was_erased_keeps_its_score_and_leaves_the_choices(quiz: Quiz, edition: CourseEdition) -> None:
    learners = sit_many(quiz, edition, right=FEW, wrong=FEW)
    for learner in learners[FEW:]:
        erase_learner(learner)
    count_quiz(quiz, NOBODY())
    found = single(quiz)
    assert (found.people, found.facility) == (2 * FEW, 0.5)
    assert found.choices[0]["share"] == 1


def test_a_new_version_starts_from_zero(quiz: Quiz, edition: CourseEdition) -> None:
    sit_many(quiz, edition, right=0, wrong=FEW)
    old = single(quiz).version if count_quiz(quiz, NOBODY()) else None
    assert old is not None
    new = draft_question(old.question)
    type(old).objects.filter(pk=old.pk).update(state=State.SUPERSEDED)
    new.state, new.published_at = State.PUBLISHED, LONG_AGO
    new.save()
    new.texts.update(state=State.PUBLISHED, published_at=LONG_AGO)
    sit_many(quiz, edition, right=2, wrong=0)
    count_quiz(quiz, NOBODY())
    people = dict(ItemStatistic.objects.filter(language="", version__in=[old, new]).values_list("version", "people"))
    assert people == {old.pk: FEW, new.pk: 2}


def test_languages_are_told_apart_where_each_has_enough_people(quiz: Quiz, edition: CourseEdition) -> None:
    for language, count in (("ar", 10), ("en", 10)):
        for _person in range(count):
            sit_in(language, quiz, edition)
    count_quiz(quiz, NOBODY())
    assert set(QuizStatistic.objects.values_list("language", "people")) == {("", 20), ("ar", 10), ("en", 10)}


def test_a_handful_in_one_language_is_not_to_be_had_by_subtraction(quiz: Quiz, edition: CourseEdition) -> None:
    for language, count in (("ar", 9), ("en", 20)):
        for _person in range(count):
            sit_in(language, quiz, edition)
    count_quiz(quiz, NOBODY())
    assert set(QuizStatistic.objects.values_list("language", "people")) == {("", 29)}
    assert set(ItemStatistic.objects.values_list("language", flat=True)) == {""}


def test_a_version_that_one_person_answered_in_a_language_is_told_in_no_language_apart(
    quiz: Quiz, edition: CourseEdition
) -> None:
    for language, count in (("ar", 10), ("en", 10)):
        for _person in range(count):
            sit_in(language, quiz, edition)
    arabic = AttemptItem.objects.filter(version__kind="single_choice", responses__language="ar").order_by("pk")
    for item in arabic[1:]:
        AttemptItem.objects.filter(pk=item.pk).update(shown_at=item.responses.get().saved_at)
    count_quiz(quiz, NOBODY())
    told = set(ItemStatistic.objects.values_list("version__kind", "language", "people"))
    assert {each for each in told if each[0] == "single_choice"} == {("single_choice", "", 11)}
    assert {language for kind, language, _people in told if kind == "numerical"} == {"", "ar", "en"}


def sit_in(language: str, quiz: Quiz, edition: CourseEdition) -> None:
    attempt = begin(LearnerFactory(), quiz, edition.pk)
    for item in attempt.items.select_related("version"):
        attempts.save_answer(attempt.pk, replace(answer_of(item, RIGHT), language=language))


def test_counting_again_replaces_what_was_counted(quiz: Quiz, edition: CourseEdition) -> None:
    sit_many(quiz, edition, right=1, wrong=0)
    count_quiz(quiz, NOBODY(), LONG_AGO)
    count_quiz(quiz, NOBODY(), LONG_AGO + timedelta(days=1))
    assert set(ItemStatistic.objects.values_list("counted_at", flat=True)) == {LONG_AGO + timedelta(days=1)}


def test_a_quiz_that_nobody_took_says_so(quiz: Quiz) -> None:
    assert count_quiz(quiz, NOBODY()) == 0
    assert QuizStatistic.objects.get().people == 0


def queries(quiz: Quiz) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        count_quiz(quiz, NOBODY(), datetime.fromisoformat("2026-06-30T00:00:00+00:00"))
    return len(caught)


def test_many_sittings_take_as_many_queries_as_few() -> None:
    quiz = check_of(published_lesson(), [SINGLE, NUMERICAL, ORDERING, MATCHING])
    edition = published_course(lessons=[Lesson.objects.get()])
    sit_many(quiz, edition, right=1, wrong=1)
    few = queries(quiz)
    sit_many(quiz, edition, right=5, wrong=5)
    assert queries(quiz) == few <= 16
