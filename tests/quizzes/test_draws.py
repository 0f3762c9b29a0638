"""Which questions an attempt asks: rows, modules, and nothing again before all has been met."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lessons.models import CourseEdition, Lesson, Module, Placement, Skill, State
from quizzes import attempts, draws
from quizzes.models import DrawRow, Learner, Question, QuestionSkill, QuestionVersion, Quiz, QuizQuestion
from tests.factories import (
    MULTIPLE,
    NUMERICAL,
    SINGLE,
    TRUE_FALSE,
    LearnerFactory,
    SkillFactory,
    TopicFactory,
    check_of,
    corrected_question,
    published_course,
    published_lesson,
    published_question,
)
from tests.quizzes.sitting import sit

pytestmark = pytest.mark.django_db


def asked_by(drawn: Sequence[draws.Drawn]) -> set[int]:
    """The questions (not versions) of a draw."""
    versions = QuestionVersion.objects.filter(pk__in=[each.version for each in drawn])
    return set(versions.values_list("question", flat=True))


def next_draw(learner: Learner, quiz: Quiz, seed: str) -> set[int]:
    return asked_by(draws.draw(quiz, seed, draws.last_asked(learner, quiz)))


def with_rows(quiz: Quiz, *rows: dict[str, Any]) -> Quiz:
    for at, row in enumerate(rows, 1):
        DrawRow.objects.create(quiz=quiz, position=at, **row)
    return quiz


def draft_final(modules: Sequence[Sequence[Lesson]], **rules: Any) -> Quiz:
    """The final of a draft edition with these modules of lessons."""
    published = published_course()
    edition = CourseEdition.objects.create(
        course=published.course, number=2, label="2", minutes=10, source_language="en"
    )
    position = 0
    for at, lessons in enumerate(modules, 1):
        module = Module.objects.create(edition=edition, key=f"M{at}", position=at)
        for lesson in lessons:
            position += 1
            Placement.objects.create(edition=edition, module=module, lesson=lesson, position=position)
    return Quiz.objects.create(purpose="final", edition=edition, **({"pass_mark": "0.8", "feedback": "at_end"} | rules))


def taken(final: Quiz) -> Quiz:
    """The final, of the edition that people take from now on."""
    editions, now = CourseEdition.objects.filter(state=State.PUBLISHED), timezone.now()
    editions.update(state=State.SUPERSEDED, superseded_at=now)
    CourseEdition.objects.filter(final_quiz=final).update(state=State.PUBLISHED, published_at=now)
    return Quiz.objects.get(pk=final.pk)


class AnySequence(TestCase):
    """One learner sits a check again and again while its questions come, go and are corrected."""

    @settings(max_examples=25, deadline=None)
    @given(
        st.integers(1, 4),
        st.lists(
            st.tuples(st.sampled_from(["sit", "sit", "sit", "add", "retire", "correct"]), st.integers(0, 9)),
            max_size=14,
        ),
        st.integers(0, 1),
    )
    @example(1, [("sit", 0)] * 8, 0)
    @example(2, [("sit", 0), ("add", 0), ("sit", 0), ("retire", 1), *[("sit", 0)] * 4], 1)
    def test_nothing_comes_again_before_everything_has_come(
        self, count: int, deeds: list[tuple[str, int]], hard: int
    ) -> None:
        lesson = published_lesson()
        quiz = check_of(lesson, [TRUE_FALSE] * 4, draw=count)
        Question.objects.filter(position__lt=2).update(difficulty="hard")
        if hard:
            with_rows(quiz, {"count": 1, "difficulty": "hard"})
        edition, learner, now = published_course(lessons=[lesson]).pk, LearnerFactory(), timezone.now()
        last: dict[int, int] = {}
        for turn, (deed, which) in enumerate(deeds, 1):
            live = list(QuestionVersion.objects.filter(question__archived_at=None, state="published").order_by("pk"))
            one = live[which % len(live)]
            if deed == "add":
                version = published_question(lesson, TRUE_FALSE, difficulty="hard" if turn % 2 else "")
                QuizQuestion.objects.create(quiz=quiz, question=version.question, position=turn)
            elif deed == "retire" and len(live) > 1:
                Question.objects.filter(pk=one.question_id).update(archived_at=now)
            elif deed == "correct":
                corrected_question(one, {"right": False})
            elif deed == "sit":
                pool = set(draws.pool(quiz).values_list("question", flat=True))
                asked = next_draw(learner, quiz, str(turn))
                assert len(asked) == min(count, len(pool))
                assert asked <= pool
                self.assert_none_was_wanted_more(asked, pool, last, hard)
                at = now + timedelta(hours=turn)
                drawn = draws.draw(quiz, str(turn), draws.last_asked(learner, quiz))
                attempts.submit(attempts.begin(learner, quiz, edition, drawn, seed=str(turn), now=at).pk, at)
                last |= dict.fromkeys(asked, turn)

    def assert_none_was_wanted_more(self, asked: set[int], pool: set[int], last: dict[int, int], hard: int) -> None:
        """No asked question may stand where one that was met longer ago, or never, could have stood."""
        of_row = set(Question.objects.filter(pk__in=pool, difficulty="hard").values_list("pk", flat=True))
        for out in asked:
            for wanted in pool - asked:
                if last.get(wanted, 0) < last.get(out, 0):
                    assert hard
                    assert of_row & asked == {out}
                    assert wanted not in of_row


def test_every_question_comes_once_before_any_comes_again() -> None:
    lesson = published_lesson()
    quiz = check_of(lesson, [TRUE_FALSE] * 6, draw=2)
    edition, learner, met = published_course(lessons=[lesson]).pk, LearnerFactory(), Counter[int]()
    for turn in range(6):
        drawn = draws.draw(quiz, str(turn), draws.last_asked(learner, quiz))
        attempts.submit(attempts.begin(learner, quiz, edition, drawn, seed=str(turn)).pk)
        met.update(asked_by(drawn))
        assert max(met.values()) - (min(met.values()) if len(met) == 6 else 0) <= 1


def test_a_question_with_a_new_version_is_no_new_question() -> None:
    lesson = published_lesson()
    quiz = check_of(lesson, [TRUE_FALSE] * 2, draw=1)
    learner, edition = LearnerFactory(), published_course(lessons=[lesson]).pk
    first = sit(learner, quiz, edition).items.select_related("version").get()
    corrected_question(first.version, {"right": False})
    assert first.version.question_id not in next_draw(learner, quiz, "again")


def test_the_finals_of_two_editions_are_one_quiz_to_who_sits_them() -> None:
    lesson = published_lesson()
    check_of(lesson, [TRUE_FALSE] * 4)
    edition = published_course(lessons=[lesson], final={"draw": 2})
    learner = LearnerFactory()
    met = set(sit(learner, edition.final_quiz, edition.pk).items.values_list("version__question", flat=True))
    newer = CourseEdition.objects.create(course=edition.course, number=2, label="2", minutes=10, source_language="en")
    module = Module.objects.create(edition=newer, key="M1", position=1)
    Placement.objects.create(edition=newer, module=module, lesson=lesson, position=1)
    final = Quiz.objects.create(purpose="final", edition=newer, pass_mark="0.8", feedback="at_end", draw=2)
    assert not met & next_draw(learner, final, "s")


def test_what_another_learner_met_changes_nothing() -> None:
    lesson = published_lesson()
    quiz = check_of(lesson, [TRUE_FALSE] * 4, draw=2)
    sit(LearnerFactory(), quiz, published_course(lessons=[lesson]).pk)
    assert draws.last_asked(LearnerFactory(), quiz) == {}


def test_a_retired_question_disappears() -> None:
    lesson = published_lesson()
    quiz = check_of(lesson, [TRUE_FALSE] * 2)
    gone = quiz.entries.first()
    assert gone is not None
    Question.objects.filter(pk=gone.question_id).update(archived_at=timezone.now())
    assert gone.question_id not in asked_by(draws.draw(quiz, "s"))


@pytest.fixture
def mixed() -> Quiz:
    """A check of eight questions: two of each kind; the first of each hard, tested, and in a pool."""
    quiz = check_of(
        published_lesson(), [SINGLE, SINGLE, MULTIPLE, MULTIPLE, TRUE_FALSE, TRUE_FALSE, NUMERICAL, NUMERICAL]
    )
    Quiz.objects.filter(pk=quiz.pk).update(draw=4)
    quiz.refresh_from_db()
    some = [entry.question_id for entry in quiz.entries.all()][::2]
    Question.objects.filter(pk__in=some).update(difficulty="hard")
    quiz.entries.filter(question__in=some).update(pool="scenes")
    part = SkillFactory(parent=SkillFactory(key="whole"), key="part")
    QuestionSkill.objects.bulk_create(QuestionSkill(question_id=pk, skill=part) for pk in some)
    return quiz


@pytest.mark.parametrize("wish", ["difficulty", "pool", "skill", "whole skill", "kind"])
def test_a_row_is_served_in_every_draw(mixed: Quiz, wish: str) -> None:
    rows: dict[str, dict[str, Any]] = {
        "difficulty": {"difficulty": "hard"},
        "pool": {"pool": "scenes"},
        "kind": {"kind": "numerical"},
    }
    if "skill" in wish:
        rows[wish] = {"skill": Skill.objects.get(key="whole" if "whole" in wish else "part")}
    with_rows(mixed, {"count": 2} | rows[wish])
    found = {
        "difficulty": {"difficulty": "hard"},
        "kind": {"versions__kind": "numerical"},
    }.get(wish, {"difficulty": "hard"})
    for seed in range(15):
        asked = asked_by(draws.draw(mixed, str(seed)))
        assert len(asked) == 4
        assert Question.objects.filter(pk__in=asked, **found).distinct().count() >= 2


def test_everything_that_a_row_names_is_true_of_its_questions(mixed: Quiz) -> None:
    with_rows(mixed, {"count": 1, "difficulty": "hard", "kind": "numerical"})
    [wanted] = Question.objects.filter(difficulty="hard", versions__kind="numerical")
    assert all(wanted.pk in asked_by(draws.draw(mixed, str(seed))) for seed in range(15))


def test_rows_of_a_topic_a_lesson_and_a_module_are_served_in_a_final() -> None:
    lessons = [published_lesson(f"lesson-{n}") for n in range(3)]
    for lesson in lessons:
        check_of(lesson, [TRUE_FALSE] * 4)
    topic = TopicFactory()
    lessons[0].topics.add(topic)
    final = draft_final([lessons[:2], lessons[2:]], draw=6)
    with_rows(
        final,
        {"count": 2, "topic": topic},
        {"count": 2, "lesson": lessons[1]},
        {"count": 2, "module": Module.objects.get(key="M2")},
    )
    for seed in range(10):
        asked = asked_by(draws.draw(final, str(seed)))
        assert Counter(Question.objects.filter(pk__in=asked).values_list("lesson", flat=True)) == {
            lesson.pk: 2 for lesson in lessons
        }


def test_a_final_covers_every_module_however_small_beside_the_others() -> None:
    lessons = [published_lesson(f"lesson-{n}") for n in range(6)]
    for at, lesson in enumerate(lessons):
        check_of(lesson, [TRUE_FALSE] * (1 if at == 0 else 5))
    final, learner = draft_final([lessons[:1], lessons[1:5], lessons[5:]], draw=3), LearnerFactory()
    modules = dict(Placement.objects.values_list("lesson", "module"))
    for turn in range(12):
        drawn = draws.draw(final, str(turn), draws.last_asked(learner, final))
        attempts.submit(attempts.begin(learner, final, final.edition_id or 0, drawn, seed=str(turn)).pk)
        asked = Question.objects.filter(pk__in=asked_by(drawn)).values_list("lesson", flat=True)
        assert len({modules[lesson or 0] for lesson in asked}) == 3


def test_rows_and_what_was_met_cost_the_same_queries_for_many_questions_as_for_few() -> None:
    def cost(questions: int) -> int:
        quiz = check_of(published_lesson(f"of-{questions}"), [TRUE_FALSE] * questions, draw=2)
        with_rows(quiz, {"count": 1, "difficulty": ""} | {"kind": "true_false", "pool": ""})
        learner = LearnerFactory()
        attempts.begin(learner, quiz, edition, draws.draw(quiz, "s"), seed="s")
        with CaptureQueriesContext(connection) as queries:
            draws.draw(quiz, "t", draws.last_asked(learner, quiz))
        return len(queries)

    edition = published_course().pk
    assert cost(3) == cost(30) <= 8


@pytest.mark.parametrize(
    "row",
    [{"count": 0, "difficulty": "hard"}, {"count": 1}, {"count": 1, "difficulty": "odd"}, {"count": 1, "kind": "No!"}],
)
def test_the_database_refuses_a_row_that_says_nothing(row: dict[str, Any]) -> None:
    quiz = check_of(published_lesson())
    with pytest.raises(IntegrityError), transaction.atomic():
        with_rows(quiz, row)


def test_the_rows_of_a_published_final_stay() -> None:
    edition = published_course(lessons=[published_lesson()], final={"draw": 2})
    with pytest.raises(IntegrityError), transaction.atomic():
        with_rows(edition.final_quiz, {"count": 1, "difficulty": "hard"})
