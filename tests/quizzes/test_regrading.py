"""Scoring finished sittings again by a corrected key: what changes, what stays, what is refused."""

import uuid
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils.translation import override

from lessons.models import CourseEdition
from quizzes.attempts import submit
from quizzes.erasing import erase_learner
from quizzes.foreseeing import foresee
from quizzes.learners import merge
from quizzes.models import (
    Attempt,
    AttemptItem,
    Completion,
    CompletionWithdrawal,
    CourseProgress,
    Learner,
    LessonProgress,
    ProgressEvent,
    QuestionVersion,
    Quiz,
    Regrade,
    RegradedAttempt,
    RegradedItem,
    Response,
)
from quizzes.progress import as_of, still_missing
from quizzes.projections import differences
from quizzes.regrading import Changed, NotComparable, apply, dry_run, lines_after, why_not_alike
from quizzes.rescoring import Rescored, Scorer, Selection
from tests.factories import (
    GAPS,
    HOTSPOT,
    MATCHING,
    NUMERICAL,
    SINGLE,
    TRUE_FALSE,
    LearnerFactory,
    UserFactory,
    check_of,
    corrected_question,
    published_course,
    published_lesson,
)
from tests.quizzes.sitting import RIGHT, WAITED, begin, save, sit

pytestmark = pytest.mark.django_db

BEFORE, DAY = "2026-03-02T10:00:00Z", "2026-04-01T10:00:00Z"


@pytest.fixture
def course() -> CourseEdition:
    """A lesson whose check asks one question to choose and one that is true, and a final that asks both."""
    lesson = published_lesson()
    check_of(lesson, [SINGLE, TRUE_FALSE])
    return published_course(lessons=[lesson], final={})


def choice() -> QuestionVersion:
    return QuestionVersion.objects.get(kind="single_choice", number=1)


def take_course(course: CourseEdition, answers: dict[str, Any], learner: Learner | None = None) -> Learner:
    """Check and final on the same day."""
    learner = learner or LearnerFactory()
    with time_machine.travel(BEFORE, tick=False):
        for quiz in Quiz.objects.order_by("pk"):
            sit(learner, quiz, course.pk, answers)
    return learner


def correct_statement(*, right: bool, **fields: Any) -> Selection:
    old = QuestionVersion.objects.filter(kind="true_false").latest("number")
    made = corrected_question(old, {"right": right}, **fields)
    earlier = QuestionVersion.objects.filter(kind="true_false", number__lt=made.number)
    return Selection(old.question_id, tuple(earlier.values_list("pk", flat=True)), made.pk)


def correct(right: str = "wait", **fields: Any) -> Selection:
    """The question to choose has another right answer from now on."""
    old = choice()
    with time_machine.travel("2026-03-20T10:00:00Z", tick=False):
        made = corrected_question(old, {"right": right}, **fields)
    return Selection(old.question_id, (old.pk,), made.pk)


def regrade(selection: Selection, **fields: Any) -> Regrade:
    with time_machine.travel(DAY, tick=False):
        return apply(selection, dry_run(selection).digest, "The key was wrong.", **fields)


def test_the_dry_run_says_who_rises_and_who_falls(course: CourseEdition) -> None:
    take_course(course, RIGHT)
    take_course(course, WAITED)
    found = dry_run(correct())
    counts = found.counts
    assert (counts.items, counts.attempts, counts.risen, counts.fallen) == (4, 4, 2, 2)
    assert (counts.passing, counts.failing, counts.earned, counts.lost) == (2, 2, 1, 1)
    assert len(found.lines) == 4


def test_a_sitting_that_left_no_event_is_scored_again_too(course: CourseEdition) -> None:
    take_course(course, WAITED)
    learner = LearnerFactory()
    Attempt.objects.update(learner=learner)
    regrade(correct())
    progress = CourseProgress.objects.get(learner=learner)
    assert (progress.passed, progress.started_on) == (1, date(2026, 4, 1))


def test_the_dry_run_changes_nothing(course: CourseEdition) -> None:
    take_course(course, WAITED)
    before = list(Attempt.objects.order_by("pk").values())
    dry_run(correct())
    assert list(Attempt.objects.order_by("pk").values()) == before
    assert not Regrade.objects.exists()


def test_who_is_right_by_the_corrected_key_passes_from_that_day_on(course: CourseEdition) -> None:
    learner = take_course(course, WAITED)
    regrade(correct())
    assert set(Attempt.objects.values_list("score", "passed")) == {(Decimal(1), True)}
    assert LessonProgress.objects.get(learner=learner).passed_on == date(2026, 4, 1)
    completion = Completion.objects.get(learner=learner)
    assert (completion.completed_on, completion.expires_on) == (date(2026, 4, 1), date(2027, 4, 1))
    assert CourseProgress.objects.get(learner=learner).completed_on == date(2026, 4, 1)


def test_a_regrade_is_no_activity_of_the_learner(course: CourseEdition) -> None:
    learner = take_course(course, WAITED)
    regrade(correct())
    assert CourseProgress.objects.get(learner=learner).active_on == date(2026, 3, 2)


def test_answers_keep_the_share_they_earned_and_items_count_anew(course: CourseEdition) -> None:
    take_course(course, WAITED)
    before = list(Response.objects.order_by("pk").values())
    made = regrade(correct())
    assert list(Response.objects.order_by("pk").values()) == before
    scored = AttemptItem.objects.filter(version=choice())
    assert set(scored.values_list("fraction", "regraded_by")) == {(Decimal(1), made.version_id)}


def test_what_was_before_is_kept(course: CourseEdition) -> None:
    take_course(course, WAITED)
    made = regrade(correct())
    assert set(RegradedItem.objects.values_list("regrade", "before", "after")) == {(made.pk, 0, 1)}
    fields = ("score_before", "score_after", "passed_before", "passed_after")
    assert set(RegradedAttempt.objects.values_list(*fields)) == {(Decimal("0.5"), Decimal(1), False, True)}


def test_sittings_that_never_met_the_question_are_left_alone(course: CourseEdition) -> None:
    take_course(course, WAITED)
    lesson = published_lesson("burns")
    quiz = check_of(lesson, [TRUE_FALSE])
    bystander = sit(LearnerFactory(), quiz, published_course("burns", [lesson]).pk, RIGHT | {"true_false": "false"})
    regrade(correct())
    bystander.refresh_from_db()
    assert (bystander.score, bystander.passed) == (0, False)
    assert bystander.items.get().regraded_by is None


def test_who_rises_and_who_falls_are_scored_each_by_their_own_answers(course: CourseEdition) -> None:
    risen, fallen = take_course(course, WAITED), take_course(course, RIGHT)
    regrade(correct(), withdraw=True)
    scores = [set(Attempt.objects.filter(learner=one).values_list("score", "passed")) for one in (risen, fallen)]
    assert scores == [{(Decimal(1), True)}, {(Decimal("0.5"), False)}]


def test_who_was_wrong_and_stays_wrong_has_no_history(course: CourseEdition) -> None:
    learner = take_course(course, RIGHT | {"single_choice": "wash"})
    take_course(course, WAITED)
    regrade(correct())
    assert not RegradedAttempt.objects.filter(attempt__learner=learner).exists()
    assert not RegradedItem.objects.filter(item__attempt__learner=learner).exists()
    assert set(Attempt.objects.filter(learner=learner).values_list("score", "passed")) == {(Decimal("0.5"), False)}


def test_what_a_regrade_brings_is_told_as_events_of_its_day(course: CourseEdition) -> None:
    learner = take_course(course, WAITED)
    made = regrade(correct())
    events = ProgressEvent.objects.filter(regrade=made)
    assert set(events.values_list("learner", "course", "edition", "day", "at")) == {
        (learner.pk, course.course_id, course.pk, date(2026, 4, 1), made.at)
    }
    sittings = {attempt.quiz.purpose: attempt for attempt in Attempt.objects.select_related("quiz")}
    assert set(events.values_list("verb", "lesson", "attempt")) == {
        ("passed", sittings["check"].quiz.lesson_id, sittings["check"].pk),
        ("final_passed", None, sittings["final"].pk),
        ("completed", None, sittings["final"].pk),
    }


def test_what_falls_is_told_as_events_too(course: CourseEdition) -> None:
    learner = take_course(course, RIGHT)
    made = regrade(correct(), withdraw=True)
    lesson = Quiz.objects.get(purpose="check").lesson_id
    events = ProgressEvent.objects.filter(regrade=made)
    assert set(events.values_list("verb", "learner", "lesson")) == {
        ("pass_withdrawn", learner.pk, lesson),
        ("pass_withdrawn", learner.pk, None),
    }


def test_what_was_earned_stays_unless_it_is_said(course: CourseEdition) -> None:
    learner = take_course(course, RIGHT)
    made = regrade(correct())
    assert (made.failing, made.withdrawn) == (2, 0)
    assert set(Attempt.objects.values_list("score", "passed")) == {(Decimal("0.5"), True)}
    assert LessonProgress.objects.get(learner=learner).passed_on == date(2026, 3, 2)
    assert CourseProgress.objects.get(learner=learner).completed_on == date(2026, 3, 2)
    assert not CompletionWithdrawal.objects.exists()


def test_a_pass_that_was_left_standing_falls_only_where_its_score_does(course: CourseEdition) -> None:
    take_course(course, RIGHT)
    regrade(correct())
    same = correct_statement(right=True)
    assert (dry_run(same).counts.failing, dry_run(same).lines) == (0, [])
    regrade(same, withdraw=True)
    assert set(Attempt.objects.values_list("score", "passed")) == {(Decimal("0.5"), True)}
    assert (RegradedAttempt.objects.count(), CompletionWithdrawal.objects.count()) == (2, 0)
    assert dry_run(correct_statement(right=False)).counts.failing == 2


def test_a_pass_that_was_left_standing_stays_where_its_score_rises(course: CourseEdition) -> None:
    quiz = Quiz.objects.get(purpose="final")
    with time_machine.travel(BEFORE, tick=False):
        attempt = sit(LearnerFactory(), quiz, course.pk, RIGHT | {"true_false": "false"})
    Attempt.objects.update(passed=True)
    regrade(correct())
    regrade(correct_statement(right=False), withdraw=True)
    attempt.refresh_from_db()
    assert (attempt.score, attempt.passed) == (Decimal("0.5"), True)


def test_a_pass_that_was_left_standing_falls_where_what_was_missed_has_become_critical(course: CourseEdition) -> None:
    with time_machine.travel(BEFORE, tick=False):
        sit(LearnerFactory(), Quiz.objects.get(purpose="final"), course.pk, RIGHT | {"true_false": "false"})
    Attempt.objects.update(passed=True)
    assert dry_run(correct_statement(right=True)).counts.failing == 0
    assert dry_run(correct_statement(right=True, critical=True)).counts.failing == 1


def test_a_completion_that_stands_is_not_earned_again_by_its_sitting() -> None:
    """Its pass was withdrawn while another sitting had passed the lesson too, it ran out, and the pass comes back."""
    lesson = published_lesson()
    learner, quiz = LearnerFactory(), check_of(lesson, [SINGLE, TRUE_FALSE])
    course = published_course(lessons=[lesson])
    for day, answers in (("2026-03-02T10:00:00Z", RIGHT), ("2026-03-03T10:00:00Z", WAITED)):
        with time_machine.travel(day, tick=False):
            sit(learner, quiz, course.pk, answers)
    first = regrade(correct(), withdraw=True)
    assert (first.failing, first.withdrawn) == (1, 0)
    again = corrected_question(first.version, {"right": "press"})
    selection = Selection(first.question_id, (choice().pk,), again.pk)
    with time_machine.travel("2027-06-01T10:00:00Z", tick=False):
        made = apply(selection, dry_run(selection).digest, "The key was right.")
    assert (made.passing, made.earned, Completion.objects.count()) == (1, 0, 1)


def test_a_question_that_was_left_unanswered_is_no_answer(course: CourseEdition) -> None:
    attempt = begin(LearnerFactory(), Quiz.objects.get(purpose="final"), course.pk)
    submit(attempt.pk)
    counts = dry_run(correct()).counts
    assert (counts.items, counts.attempts) == (0, 1)


def test_who_is_merged_while_the_dry_run_looks_is_no_fault(course: CourseEdition) -> None:
    guest, own = take_course(course, WAITED), LearnerFactory(user=UserFactory())

    class Meanwhile(Scorer):
        def rescored(self, learners: Collection[uuid.UUID], *, hold: bool = False) -> list[Rescored]:
            found = super().rescored(learners, hold=hold)
            merge(guest, own)
            return found

    (found,) = foresee(Meanwhile(correct()), [guest.pk], date(2026, 4, 1))
    assert found.learner == guest.pk


def test_a_sitting_that_stayed_with_a_merged_guest_is_no_fault(course: CourseEdition) -> None:
    guest, own = take_course(course, WAITED), LearnerFactory(user=UserFactory())
    attempts = list(Attempt.objects.values_list("pk", flat=True))
    merge(guest, own)
    Attempt.objects.filter(pk__in=attempts).update(learner=guest)
    assert dry_run(correct()).counts.attempts == 0


def test_withdrawing_takes_passes_and_completions_from_that_day_on(course: CourseEdition) -> None:
    learner = take_course(course, RIGHT)
    made = regrade(correct(), withdraw=True)
    assert made.withdrawn == 1
    assert set(Attempt.objects.values_list("score", "passed")) == {(Decimal("0.5"), False)}
    assert LessonProgress.objects.get(learner=learner).passed_on is None
    assert CourseProgress.objects.get(learner=learner).completed_on is None
    withdrawal = CompletionWithdrawal.objects.get(completion__learner=learner)
    assert (withdrawal.withdrawn_on, withdrawal.reason) == (date(2026, 4, 1), "The key was wrong.")


def test_what_is_withdrawn_from_one_stays_with_everybody_else(course: CourseEdition) -> None:
    fallen = take_course(course, RIGHT)
    selection = correct()
    with time_machine.travel("2026-03-25T10:00:00Z", tick=False):
        other = LearnerFactory()
        for quiz in Quiz.objects.order_by("pk"):
            sit(other, quiz, course.pk, WAITED)
    regrade(selection, withdraw=True)
    later = date(2026, 5, 1)
    assert [course.course_id in as_of(one, later).complete for one in (fallen, other)] == [False, True]
    lesson = Quiz.objects.get(purpose="check").lesson_id
    assert [still_missing(one, course) for one in (fallen, other)] == [([lesson], True), ([], False)]


def test_a_pass_that_was_withdrawn_and_came_back_counts(course: CourseEdition) -> None:
    learner = take_course(course, RIGHT)
    first = regrade(correct(), withdraw=True)
    assert still_missing(learner, course) == ([Quiz.objects.get(purpose="check").lesson_id], True)
    again = corrected_question(first.version, {"right": "press"})
    regrade(Selection(first.question_id, (choice().pk,), again.pk))
    assert still_missing(learner, course) == ([], False)


def test_a_lesson_that_another_sitting_has_passed_is_not_lost(course: CourseEdition) -> None:
    learner = take_course(course, RIGHT)
    with time_machine.travel(BEFORE, tick=False):
        sit(learner, Quiz.objects.get(purpose="check"), course.pk, WAITED)
        sit(learner, Quiz.objects.get(purpose="final"), course.pk, WAITED)
    regrade(correct(), withdraw=True)
    assert LessonProgress.objects.get(learner=learner).passed_on == date(2026, 4, 1)
    assert Completion.objects.filter(learner=learner, withdrawal=None).count() == 1


def test_what_holds_is_not_renewed_by_a_sitting_before_it(course: CourseEdition) -> None:
    learner = take_course(course, WAITED)
    take_course(course, RIGHT, learner)
    found = dry_run(correct())
    assert (found.counts.passing, found.counts.earned) == (2, 0)


def test_a_later_final_renews_as_it_would_have_then(course: CourseEdition) -> None:
    learner = take_course(course, RIGHT)
    with time_machine.travel("2026-03-10T10:00:00Z", tick=False):
        sit(learner, Quiz.objects.get(purpose="final"), course.pk, WAITED)
    regrade(correct())
    assert CourseProgress.objects.get(learner=learner).expires_on == date(2027, 4, 1)


def test_a_completion_withdrawn_can_be_earned_again_by_the_same_sitting(course: CourseEdition) -> None:
    learner = take_course(course, RIGHT)
    first = regrade(correct(), withdraw=True)
    again = corrected_question(first.version, {"right": "press"})
    regrade(Selection(first.question_id, (choice().pk,), again.pk))
    assert Completion.objects.filter(learner=learner).count() == 2
    assert CourseProgress.objects.get(learner=learner).completed_on == date(2026, 4, 1)


@pytest.mark.parametrize("withdraw", [True, False])
def test_projections_are_what_events_say_afterwards(course: CourseEdition, *, withdraw: bool) -> None:
    people = [take_course(course, answers) for answers in (RIGHT, WAITED, RIGHT)]
    regrade(correct(), withdraw=withdraw)
    assert not list(differences(person.pk for person in people))


def test_a_question_that_has_become_critical_may_fail_who_left_it(course: CourseEdition) -> None:
    learner = LearnerFactory()
    quiz = Quiz.objects.get(purpose="final")
    attempt = begin(learner, quiz, course.pk)
    save(attempt.items.select_related("version").get(version__kind="true_false"))
    Attempt.objects.filter(pk=attempt.pk).update(rules=attempt.rules | {"pass_mark": "0.5"})
    assert submit(attempt.pk).passed
    found = dry_run(correct("press", critical=True))
    assert (found.counts.fallen, found.counts.failing) == (0, 1)


def test_a_sitting_under_way_is_left_alone(course: CourseEdition) -> None:
    attempt = begin(LearnerFactory(), Quiz.objects.get(purpose="final"), course.pk)
    save(attempt.items.select_related("version").get(version__kind="single_choice"), WAITED)
    selection = correct()
    assert (dry_run(selection).under_way, dry_run(selection).counts.items) == (1, 0)
    regrade(selection)
    assert not AttemptItem.objects.filter(regraded_by__isnull=False).exists()


def test_answers_that_were_erased_stay_as_they_are(course: CourseEdition) -> None:
    erase_learner(take_course(course, WAITED))
    found = dry_run(correct())
    assert (found.erased, found.counts.items) == (2, 0)


def test_what_was_scored_again_is_not_met_a_second_time(course: CourseEdition) -> None:
    take_course(course, WAITED)
    selection = correct()
    regrade(selection)
    assert dry_run(selection).counts.items == 0


def test_only_what_was_handed_in_between_the_days_is_meant(course: CourseEdition) -> None:
    take_course(course, WAITED)
    selection = correct()
    meant = Selection(selection.question, selection.versions, selection.corrected, date(2026, 3, 2), date(2026, 3, 2))
    missed = Selection(selection.question, selection.versions, selection.corrected, date(2026, 3, 3))
    assert (dry_run(meant).counts.items, dry_run(missed).counts.items) == (2, 0)


def test_what_has_changed_since_the_dry_run_is_refused(course: CourseEdition) -> None:
    take_course(course, WAITED)
    selection = correct()
    digest = dry_run(selection).digest
    late = LearnerFactory()
    attempt = begin(late, Quiz.objects.get(purpose="final"), course.pk)
    AttemptItem.objects.filter(attempt=attempt, version=selection.corrected).update(version=choice())
    submit(attempt.pk)
    before = list(Attempt.objects.order_by("pk").values())
    with pytest.raises(Changed):
        apply(selection, digest, "The key was wrong.")
    assert list(Attempt.objects.order_by("pk").values()) == before
    assert not Regrade.objects.exists()


def test_another_kind_or_other_options_cannot_be_compared(course: CourseEdition) -> None:
    take_course(course, WAITED)
    selection = correct("rinse", structure={"options": ["press", "wait", "rinse"]})
    with override("en"), pytest.raises(NotComparable, match="options"):
        dry_run(selection)


MOVED = {"regions": [{"id": "bone", "circle": [60, 60, 50]}, *HOTSPOT["structure"]["regions"][::2]]}
REDRAWN = {"picture": {"file": f"{'d' * 64}.svg", "width": 640, "height": 400}}
SWAPPED = {"gaps": {"where": ["chest", "belly", "two"], "deep": ["five", "side"]}}
TURNED = {"prompts": ["fire", "flood", "in"], "options": ["out", "up", "cloud", "down"]}


@pytest.mark.parametrize(
    ("spec", "other", "key"),
    [
        (HOTSPOT, MOVED, {}),
        (HOTSPOT, REDRAWN, {}),
        (GAPS, SWAPPED, {}),
        (MATCHING, TURNED, {"fire": "out", "flood": "up", "in": "cloud"}),
    ],
)
def test_the_same_options_in_other_places_cannot_be_compared(
    spec: dict[str, Any], other: dict[str, Any], key: dict[str, Any]
) -> None:
    check_of(published_lesson(), [spec])
    old = QuestionVersion.objects.get()
    answer_key = {"right": key} if key else old.answer_key
    made = corrected_question(old, answer_key, structure=old.structure | other)
    with override("en"), pytest.raises(NotComparable, match="in other places"):
        dry_run(Selection(old.question_id, (old.pk,), made.pk))


def test_regions_and_choices_in_another_order_are_the_same() -> None:
    check_of(published_lesson(), [HOTSPOT, GAPS])
    regions = HOTSPOT["structure"]["regions"][::-1]
    gaps = {"deep": ["two", "five"], "where": ["side", "chest", "belly"]}
    for old, turned in zip(QuestionVersion.objects.order_by("pk"), ({"regions": regions}, {"gaps": gaps}), strict=True):
        made = corrected_question(old, old.answer_key, structure=old.structure | turned)
        assert dry_run(Selection(old.question_id, (old.pk,), made.pk)).digest


def in_another_unit(made: QuestionVersion, language: str = "en") -> None:
    words = {"stem": "How deep?", "unit": "mm", "explanation": "Deep.", "feedback": {"low": "No.", "high": "No."}}
    made.texts.create(language=language, number=2, words=words, state="superseded", published_at=made.published_at)


def test_another_unit_cannot_be_compared() -> None:
    check_of(published_lesson(), [NUMERICAL])
    old = QuestionVersion.objects.get()
    made = corrected_question(old, old.answer_key)
    in_another_unit(made)
    with pytest.raises(NotComparable):
        dry_run(Selection(old.question_id, (old.pk,), made.pk))


def test_a_number_that_is_asked_in_one_more_language_can_be_compared() -> None:
    check_of(published_lesson(), [NUMERICAL])
    old = QuestionVersion.objects.get()
    made = corrected_question(old, old.answer_key)
    in_another_unit(made, "fr")
    assert dry_run(Selection(old.question_id, (old.pk,), made.pk)).digest


def test_units_are_looked_up_for_numbers_only(course: CourseEdition, django_assert_num_queries: Any) -> None:
    selection = correct()
    old, made = QuestionVersion.objects.filter(pk__in=[*selection.versions, selection.corrected]).order_by("number")
    with django_assert_num_queries(0):
        assert why_not_alike(old, made) == ""


def test_only_older_versions_of_the_question_can_be_scored_by_its_published_one(course: CourseEdition) -> None:
    selection = correct()
    other = QuestionVersion.objects.get(kind="true_false")
    for versions, corrected in (((), selection.corrected), ((other.pk,), selection.corrected), (selection.versions, 0)):
        with pytest.raises(NotComparable):
            dry_run(Selection(selection.question, versions, corrected))


def test_the_lines_come_in_pages_of_whole_learners(course: CourseEdition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizzes.regrading.LINES", 2)
    for _each in range(3):
        take_course(course, WAITED)
    selection = correct()
    first = dry_run(selection)
    pages, after = [first.lines], first.next
    while after:
        page = lines_after(selection, after)
        pages.append(page.lines)
        after = page.next
    assert [len(page) for page in pages] == [2, 2, 2]
    assert len({line.attempt for page in pages for line in page}) == 6


@pytest.mark.parametrize("model", [Regrade, RegradedItem, RegradedAttempt, CompletionWithdrawal])
def test_the_history_is_frozen(course: CourseEdition, model: Any) -> None:
    take_course(course, RIGHT)
    take_course(course, WAITED)
    regrade(correct(), withdraw=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all()._raw_delete(model.objects.db)


def test_as_many_queries_for_many_learners(course: CourseEdition, django_assert_max_num_queries: Any) -> None:
    for answers in (RIGHT, WAITED) * 4:
        take_course(course, answers)
    selection = correct()
    digest = dry_run(selection).digest
    with django_assert_max_num_queries(50):
        apply(selection, digest, "The key was wrong.", withdraw=True)
    assert ProgressEvent.objects.filter(verb="pass_withdrawn").count() == 8
