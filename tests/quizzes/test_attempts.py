import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from quizzes import attempts, draws, sitting
from quizzes.allowance import allowance
from quizzes.asked import asked_at
from quizzes.erasing import erase_learner
from quizzes.learners import merge
from quizzes.models import Attempt, Learner, QuestionVersion, Quiz, Response
from quizzes.rules import GRACE
from tests.factories import (
    MULTIPLE,
    NUMERICAL,
    SINGLE,
    TRUE_FALSE,
    LearnerFactory,
    LocalFactFactory,
    UserFactory,
    check_of,
    published_course,
    published_lesson,
    published_question,
)
from tests.quizzes.sitting import RIGHT, WRONG, answer_of, begin, save, sit

pytestmark = pytest.mark.django_db


@pytest.fixture
def check() -> tuple[Quiz, int]:
    """A check of two questions and the edition it is taken in."""
    lesson = published_lesson()
    return check_of(lesson), published_course(lessons=[lesson]).pk


def test_a_second_beginning_finds_the_attempt_under_way(check: tuple[Quiz, int]) -> None:
    learner = LearnerFactory()
    assert begin(learner, *check) == begin(learner, *check)


def test_who_was_merged_since_they_were_read_begins_as_whom_they_are_now(check: tuple[Quiz, int]) -> None:
    guest, own = LearnerFactory.create_batch(2)
    merge(Learner.objects.get(pk=guest.pk), own)
    assert begin(guest, *check).learner == own


def test_an_answer_is_graded_and_saved(check: tuple[Quiz, int]) -> None:
    attempt = begin(LearnerFactory(), *check)
    response = save(attempt.items.get(step=1))
    assert (response.fraction, response.sequence, attempt.items.get(step=1).fraction) == (1, 1, 1)


def test_the_same_submission_with_the_same_answer_is_saved_once(check: tuple[Quiz, int]) -> None:
    item = begin(LearnerFactory(), *check).items.get(step=1)
    answer = answer_of(item, RIGHT)
    first = attempts.save_answer(item.attempt_id, answer)
    assert attempts.save_answer(item.attempt_id, answer) == first
    assert Response.objects.count() == 1


def test_the_same_submission_with_another_answer_is_a_conflict(check: tuple[Quiz, int]) -> None:
    item = begin(LearnerFactory(), *check).items.get(step=1)
    answer = answer_of(item, RIGHT)
    attempts.save_answer(item.attempt_id, answer)
    other = attempts.Answer(answer.step, WRONG[item.version.kind], answer.submission_id, "en")
    with pytest.raises(attempts.SubmissionConflict):
        attempts.save_answer(item.attempt_id, other)


def test_a_submission_of_another_attempt_is_a_conflict(check: tuple[Quiz, int]) -> None:
    one, two = begin(LearnerFactory(), *check), begin(LearnerFactory(), *check)
    answer = answer_of(one.items.get(step=1), RIGHT)
    attempts.save_answer(one.pk, answer)
    with pytest.raises(attempts.SubmissionConflict):
        attempts.save_answer(two.pk, answer)


def test_after_the_feedback_a_check_takes_no_other_answer(check: tuple[Quiz, int]) -> None:
    item = begin(LearnerFactory(), *check).items.get(step=1)
    save(item, WRONG)
    with pytest.raises(attempts.AnswerRefused):
        save(item, RIGHT)
    assert item.responses.get().fraction == 0


def test_the_last_answer_of_a_check_hands_it_in(check: tuple[Quiz, int]) -> None:
    attempt = begin(LearnerFactory(), *check)
    for item in attempt.items.select_related("version"):
        save(item)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.score, attempt.passed) == ("submitted", 1, True)


def test_handing_in_twice_is_handing_in_once(check: tuple[Quiz, int]) -> None:
    attempt = begin(LearnerFactory(), *check)
    first = attempts.submit(attempt.pk)
    second = attempts.submit(attempt.pk)
    assert first.submitted_at == second.submitted_at


def test_the_score_is_earned_points_over_all_points() -> None:
    lesson = published_lesson()
    quiz = check_of(lesson, [MULTIPLE, NUMERICAL])
    attempt = begin(LearnerFactory(), quiz, published_course(lessons=[lesson]).pk)
    half = {"multiple_choice": ["cloth"], "numerical": "5"}
    for item in attempt.items.select_related("version"):
        save(item, half)
    attempt.refresh_from_db()
    assert (attempt.score, attempt.passed) == (Decimal("0.75"), False)


def test_a_critical_question_missed_fails_whatever_the_score() -> None:
    lesson = published_lesson()
    quiz = check_of(lesson, [], pass_mark="0")
    version = published_question(lesson, SINGLE, critical=True)
    quiz.entries.create(question=version.question, position=1)
    attempt = sit(LearnerFactory(), quiz, published_course(lessons=[lesson]).pk, WRONG)
    assert attempt.passed is False


@pytest.fixture
def final() -> tuple[Quiz, int]:
    """A final of ten minutes over two lessons."""
    lessons = [published_lesson("a"), published_lesson("b")]
    for lesson in lessons:
        for spec in (SINGLE, TRUE_FALSE, MULTIPLE):
            published_question(lesson, spec)
    edition = published_course(lessons=lessons, final={"time_limit": 600, "draw": 4})
    return Quiz.objects.get(edition=edition), edition.pk


def test_in_a_final_the_last_answer_counts(final: tuple[Quiz, int]) -> None:
    attempt = begin(LearnerFactory(), *final)
    item = attempt.items.select_related("version").get(step=1)
    save(item, WRONG)
    save(item, RIGHT)
    item.refresh_from_db()
    assert (item.fraction, item.responses.count()) == (1, 2)


def test_an_answer_within_the_grace_after_the_deadline_is_taken(final: tuple[Quiz, int]) -> None:
    attempt = begin(LearnerFactory(), *final)
    assert attempt.deadline is not None
    assert save(attempt.items.get(step=1), now=attempt.deadline + GRACE).pk


def test_a_late_answer_is_refused_and_what_was_saved_is_kept(final: tuple[Quiz, int]) -> None:
    attempt = begin(LearnerFactory(), *final)
    assert attempt.deadline is not None
    one, two = attempt.items.select_related("version")[:2]
    save(one)
    with pytest.raises(attempts.AnswerRefused):
        save(two, now=attempt.deadline + GRACE + timedelta(seconds=1))
    assert one.responses.count() == 1


def test_an_attempt_whose_time_ran_out_is_scored_with_what_was_saved(final: tuple[Quiz, int]) -> None:
    attempt = begin(LearnerFactory(), *final)
    save(attempt.items.select_related("version").get(step=1))
    assert attempt.deadline is not None
    closed = attempts.expire_if_late(attempt, attempt.deadline + GRACE + timedelta(seconds=1))
    assert (closed.state, closed.score) == ("expired", Decimal("0.25"))


def test_an_attempt_in_the_middle_keeps_the_version_it_began_with(check: tuple[Quiz, int]) -> None:
    attempt = begin(LearnerFactory(), *check)
    item = attempt.items.select_related("version").get(version__kind="single_choice")
    old = item.version
    QuestionVersion.objects.filter(pk=old.pk).update(state="superseded", superseded_at=timezone.now())
    QuestionVersion.objects.create(
        question=old.question,
        number=2,
        kind=old.kind,
        structure=old.structure,
        answer_key={"right": "wash"},
        state="published",
        published_at=timezone.now(),
    )
    assert save(item, RIGHT).fraction == 1


def test_a_final_asks_about_every_lesson(final: tuple[Quiz, int]) -> None:
    quiz = final[0]
    for seed in range(20):
        drawn = draws.draw(quiz, str(seed))
        lessons = QuestionVersion.objects.filter(pk__in=[item.version for item in drawn])
        assert lessons.values("question__lesson").distinct().count() == 2


def test_the_same_seed_draws_the_same(final: tuple[Quiz, int]) -> None:
    assert draws.draw(final[0], "s") == draws.draw(final[0], "s")


def test_a_retry_asks_first_what_was_not_asked() -> None:
    lesson = published_lesson()
    quiz = check_of(lesson, [SINGLE, TRUE_FALSE, MULTIPLE, NUMERICAL], draw=2)
    learner = LearnerFactory()
    first = sit(learner, quiz, published_course(lessons=[lesson]).pk)
    asked = set(first.items.values_list("version", flat=True))
    again = {item.version for item in draws.draw(quiz, "another", draws.last_asked(learner, quiz))}
    assert not asked & again


def test_no_attempt_is_left_when_the_limit_is_used_up() -> None:
    lesson = published_lesson()
    check_of(lesson)
    edition = published_course(lessons=[lesson], final={"attempt_limit": 1})
    quiz, learner = Quiz.objects.get(edition=edition), LearnerFactory()
    assert allowance(learner, quiz, timezone.now()).reason == ""
    sit(learner, quiz, edition.pk)
    assert allowance(learner, quiz, timezone.now()).reason == "limit"


def test_a_nonce_begins_one_attempt_only(check: tuple[Quiz, int]) -> None:
    begin(LearnerFactory(), *check, nonce="n")
    assert Attempt.objects.filter(nonce="n").count() == 1


def test_a_submission_id_is_looked_up_before_the_state(check: tuple[Quiz, int]) -> None:
    attempt = begin(LearnerFactory(), *check)
    answers = [answer_of(item, RIGHT) for item in attempt.items.select_related("version")]
    saved = [attempts.save_answer(attempt.pk, answer) for answer in answers]
    assert [attempts.save_answer(attempt.pk, answer) for answer in answers] == saved


def test_an_unknown_step_is_refused(check: tuple[Quiz, int]) -> None:
    attempt = begin(LearnerFactory(), *check)
    with pytest.raises(attempt.items.model.DoesNotExist):
        attempts.save_answer(attempt.pk, attempts.Answer(99, "press", uuid.uuid4(), "en"))


def test_a_question_without_a_clock_keeps_the_time_it_was_asked_under(check: tuple[Quiz, int]) -> None:
    attempt = begin(LearnerFactory(), *check)
    save(attempt.items.select_related("version").get(step=1), now=timezone.now() + timedelta(days=1))
    assert set(attempt.items.values_list("mode", flat=True)) == {"std"}


def test_of_two_sittings_under_way_each_keeps_its_own_answers(check: tuple[Quiz, int]) -> None:
    one, two = begin(LearnerFactory(), *check), begin(LearnerFactory(), *check)
    save(one.items.select_related("version").get(step=1))
    attempts.submit(one.pk)
    assert list(two.items.values_list("fraction", "closed_at")) == [(None, None)] * 2
    assert save(two.items.select_related("version").get(step=2)).sequence == 1
    two.refresh_from_db()
    assert (two.state, two.score) == ("open", None)


def test_handing_in_keeps_when_feedback_was_given(check: tuple[Quiz, int]) -> None:
    now = timezone.now()
    attempt = begin(LearnerFactory(), *check, now=now)
    save(attempt.items.select_related("version").get(step=1), now=now + timedelta(seconds=5))
    handed_in = attempts.submit(attempt.pk, now + timedelta(seconds=9))
    closed = list(attempt.items.values_list("closed_at", flat=True))
    assert closed == [now + timedelta(seconds=5), now + timedelta(seconds=9)]
    assert (handed_in.state, handed_in.submitted_at) == ("submitted", now + timedelta(seconds=9))


def test_handing_in_after_the_time_is_running_out_of_it(final: tuple[Quiz, int]) -> None:
    states = []
    for late in (GRACE, GRACE + timedelta(seconds=1)):
        attempt = begin(LearnerFactory(), *final)
        assert attempt.deadline is not None
        states.append(attempts.submit(attempt.pk, attempt.deadline + late).state)
    assert states == ["submitted", "expired"]


def test_an_attempt_in_time_or_over_does_not_run_out(final: tuple[Quiz, int]) -> None:
    free_check = check_of(published_lesson("c"))
    timed, free = begin(LearnerFactory(), *final), begin(LearnerFactory(), free_check, final[1])
    assert timed.deadline is not None
    assert attempts.expire_if_late(timed, timed.deadline + GRACE).state == "open"
    assert attempts.expire_if_late(free, timezone.now() + timedelta(days=900)).state == "open"
    over = attempts.submit(timed.pk)
    assert attempts.expire_if_late(over, timed.deadline + timedelta(days=1)).state == "submitted"


def test_a_sitting_is_open_to_whoever_began_it_and_to_nobody_else(check: tuple[Quiz, int]) -> None:
    learner, quiz = LearnerFactory(), check[0]
    assert (attempts.open_attempt(None, quiz), attempts.open_attempt(learner, quiz)) == (None, None)
    attempt = begin(learner, *check)
    assert attempts.open_attempt(learner, quiz) == attempt
    assert attempts.open_attempt(LearnerFactory(), quiz) is None
    attempts.submit(attempt.pk)
    assert attempts.open_attempt(learner, quiz) is None


def test_an_open_sitting_of_one_check_is_none_of_another(check: tuple[Quiz, int]) -> None:
    learner = LearnerFactory()
    other = check_of(published_lesson("burns"))
    begin(learner, *check)
    assert attempts.open_attempt(learner, other) is None
    assert begin(learner, other, check[1]).quiz == other


def test_a_nonce_that_was_used_up_begins_nothing(check: tuple[Quiz, int]) -> None:
    used = begin(LearnerFactory(), *check, nonce="n")
    with pytest.raises(IntegrityError):
        begin(LearnerFactory(), *check, nonce="n")
    assert list(Attempt.objects.all()) == [used]


def test_local_facts_stay_as_they_were_at_the_beginning() -> None:
    fact = LocalFactFactory(key="number")
    fact.texts.create(language="en", label="Emergency number", default="112")
    lesson = published_lesson()
    words = {"en": SINGLE["words"]["en"] | {"stem": "You call {fact:number}. What now?"}}
    quiz = check_of(lesson, [SINGLE | {"words": words}])
    attempt = begin(LearnerFactory(), quiz, published_course(lessons=[lesson]).pk)
    fact.texts.update(default="911")
    attempt.refresh_from_db()
    assert attempt.local_facts == {"en": {"number": "112"}}


def with_facts(*stems: tuple[str, str]) -> Any:
    """A question with these stems by language."""
    return SINGLE | {"words": {language: SINGLE["words"][language] | {"stem": stem} for language, stem in stems}}


def test_words_in_another_language_than_the_page_have_the_facts_of_their_own() -> None:
    fact = LocalFactFactory(key="number")
    fact.texts.create(language="en", label="Emergency number", default="112")
    lesson = published_lesson()
    quiz = check_of(lesson, [with_facts(("en", "You call {fact:number}. What now?"))])
    attempt = begin(LearnerFactory(), quiz, published_course(lessons=[lesson]).pk)
    version = attempt.items.get().version
    first = sitting.first_question(version, draws.draw(quiz, "seed")[0], "ar", attempt.begun_at)
    fact.texts.update(default="911")
    assert sitting.words_for(attempt, [version.pk], "ar")[version.pk]["stem"] == "You call 112. What now?"
    assert first.stem == "You call 112. What now?"


def test_a_fact_that_only_the_corrected_question_names_is_filled_in_after_a_regrade() -> None:
    LocalFactFactory(key="number").texts.create(language="en", label="Emergency number", default="112")
    lesson = published_lesson()
    quiz = check_of(lesson, [SINGLE])
    attempt = begin(LearnerFactory(), quiz, published_course(lessons=[lesson]).pk)
    corrected = published_question(lesson, with_facts(("en", "You call {fact:number}. What now?")))
    assert sitting.words_for(attempt, [corrected.pk], "en")[corrected.pk]["stem"] == "You call 112. What now?"


def test_a_step_knows_whose_it_is(check: tuple[Quiz, int]) -> None:
    learner = LearnerFactory(user=UserFactory())
    attempt = begin(learner, *check)
    asked = asked_at(attempt.pk, 1)
    assert asked
    assert (asked.learner.pk, asked.learner.user_id, asked.learner.merged_into_id) == (
        learner.pk,
        learner.user_id,
        None,
    )
    assert asked.learner.erased_at is None
    erase_learner(learner)
    after = asked_at(attempt.pk, 1)
    assert after
    assert after.learner.erased_at is not None
