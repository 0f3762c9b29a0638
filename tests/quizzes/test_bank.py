"""The question bank is searched and narrowed down."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from lessons.models import Lesson, State
from quizzes import bank, moving
from quizzes.models import ItemStatistic, Question, QuestionSkill, QuestionText, Quiz
from quizzes.usage import usage_of
from tests.factories import (
    LONG_AGO,
    NUMERICAL,
    SINGLE,
    TRUE_FALSE,
    LearnerFactory,
    SkillFactory,
    TopicFactory,
    check_of,
    draft_question,
    published_course,
    published_lesson,
    published_question,
)
from tests.quizzes.sitting import sit

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson() -> Lesson:
    return published_lesson()


def kinds(questions: Any) -> list[str]:
    return [question.versions.latest("number").kind for question in questions.order_by("pk")]


def found(way: Any) -> list[str]:
    return kinds(bank.bank().filter(way))


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("SPURTS leg", "single_choice"),
        ("wash the wound", "single_choice"),
        ("why-not-wait", "single_choice"),
        ("How deep", "numerical"),
        ("إضغطوا", "single_choice"),
        ("اغسلُوا الجـرح", "single_choice"),
        ("المساعده", "single_choice"),
    ],
)
def test_words_are_found_however_they_are_written(lesson: Lesson, typed: str, kind: str) -> None:
    published_question(lesson, SINGLE)
    published_question(lesson, NUMERICAL)
    assert found(bank.saying(typed)) == [kind]


def test_all_words_must_stand_in_one_language(lesson: Lesson) -> None:
    published_question(lesson, SINGLE)
    assert found(bank.saying("spurts ساق")) == []


def test_a_part_of_the_key_is_enough(lesson: Lesson) -> None:
    published_question(lesson, SINGLE, key="LS-2-Q7")
    published_question(lesson, NUMERICAL, key="LS-2-Q8")
    assert found(bank.saying("ls-2-q7")) == ["single_choice"]
    assert len(found(bank.saying("LS-2"))) == 2


def test_signs_of_patterns_are_only_signs(lesson: Lesson) -> None:
    published_question(lesson, SINGLE)
    assert found(bank.saying("%")) == []
    assert found(bank.saying("_____")) == []


def test_a_draft_is_found_by_the_words_it_has_now(lesson: Lesson) -> None:
    text = draft_question(published_question(lesson, SINGLE).question).texts.get(language="en")
    text.words = text.words | {"stem": "A tourniquet?"}
    text.save(update_fields=["words"])
    assert found(bank.saying("tourniquet")) == ["single_choice"]


def test_words_that_were_replaced_are_not_found(lesson: Lesson) -> None:
    version = published_question(lesson, SINGLE)
    QuestionText.objects.filter(version=version, language="en").update(state=State.SUPERSEDED, superseded_at=LONG_AGO)
    assert found(bank.saying("spurts")) == []


def test_states_are_told_apart(lesson: Lesson) -> None:
    published_question(lesson, SINGLE)
    draft_question(spec=NUMERICAL)
    draft_question(spec=TRUE_FALSE, state=State.IN_REVIEW).texts.update(state=State.IN_REVIEW)
    assert found(bank.standing_at(bank.PUBLISHED)) == ["single_choice"]
    assert found(bank.standing_at(bank.DRAFT)) == ["numerical"]
    assert found(bank.standing_at(bank.IN_REVIEW)) == ["true_false"]
    assert len(found(bank.standing_at(""))) == 3


def test_what_is_retired_stands_apart(lesson: Lesson) -> None:
    published_question(lesson, SINGLE, archived_at=timezone.now())
    published_question(lesson, NUMERICAL)
    assert found(bank.standing_at("")) == ["numerical"]
    assert found(bank.standing_at(bank.PUBLISHED)) == ["numerical"]
    assert found(bank.standing_at(bank.RETIRED)) == ["single_choice"]


def test_a_course_has_the_questions_of_its_lessons(lesson: Lesson) -> None:
    published_question(lesson, SINGLE)
    published_question(published_lesson("burns"), NUMERICAL)
    published_course(lessons=[lesson])
    assert found(bank.of_course("first-aid")) == ["single_choice"]


def test_a_topic_has_the_questions_of_its_lessons(lesson: Lesson) -> None:
    published_question(lesson, SINGLE)
    published_question(published_lesson("burns"), NUMERICAL)
    lesson.topics.add(TopicFactory(key="blood", slug="blood"))
    assert found(bank.about("blood")) == ["single_choice"]


def test_a_skill_has_the_questions_of_its_parts(lesson: Lesson) -> None:
    whole = SkillFactory()
    part = SkillFactory(parent=whole)
    QuestionSkill.objects.create(question=published_question(lesson, SINGLE).question, skill=part)
    published_question(lesson, NUMERICAL)
    assert found(bank.testing(whole.pk)) == ["single_choice"]


def test_what_is_critical_can_be_asked_for(lesson: Lesson) -> None:
    published_question(lesson, SINGLE, critical=True)
    published_question(lesson, NUMERICAL)
    assert found(bank.is_critical()) == ["single_choice"]


def test_a_warning_of_item_analysis_can_be_asked_for() -> None:
    quiz = check_of(published_lesson(), [SINGLE, NUMERICAL])
    version = quiz.entries.get(position=0).question.versions.get()
    ItemStatistic.objects.create(quiz=quiz, version=version, people=200, flags="check_key slow", counted_at=LONG_AGO)
    assert found(bank.warned_of()) == found(bank.warned_of("slow")) == ["single_choice"]
    assert found(bank.warned_of("dead")) == []


def test_a_warning_from_a_quiz_that_asks_the_question_no_more_is_none() -> None:
    quiz = check_of(published_lesson(), [SINGLE, NUMERICAL])
    version = quiz.entries.get(position=0).question.versions.get()
    ItemStatistic.objects.create(quiz=quiz, version=version, people=200, flags="slow", counted_at=LONG_AGO)
    moving.move([version.question_id], published_lesson("burns"), take_out=True)
    assert found(bank.warned_of()) == []
    assert usage_of([version.question])[version.question_id].figures is None


def test_a_warning_from_the_final_of_a_former_edition_is_none(lesson: Lesson) -> None:
    version = published_question(lesson, SINGLE)
    edition = published_course(lessons=[lesson], final={})
    figures = {"version": version, "people": 200, "flags": "slow", "counted_at": LONG_AGO}
    ItemStatistic.objects.create(quiz=Quiz.objects.get(edition=edition), **figures)
    assert found(bank.warned_of()) == ["single_choice"]
    type(edition).objects.filter(pk=edition.pk).update(state=State.SUPERSEDED, superseded_at=timezone.now())
    assert found(bank.warned_of()) == []


def test_what_was_never_asked_can_be_asked_for(lesson: Lesson) -> None:
    quiz = check_of(lesson, [SINGLE])
    published_question(lesson, NUMERICAL)
    edition = published_course(lessons=[lesson])
    sit(LearnerFactory(), quiz, edition.pk)
    assert found(bank.never_asked()) == ["numerical"]


def test_a_missing_language_is_found(lesson: Lesson) -> None:
    english = NUMERICAL | {"words": {"en": NUMERICAL["words"]["en"]}}
    published_question(lesson, SINGLE)
    published_question(lesson, english)
    assert kinds(bank.lacking(bank.bank(), "ar")) == ["numerical"]
    assert kinds(bank.lacking(bank.bank(), "en")) == []


def test_a_translation_is_stale_once_the_source_language_was_reworded(lesson: Lesson) -> None:
    version = published_question(lesson, SINGLE)
    published_question(lesson, NUMERICAL)
    assert kinds(bank.stale_in(bank.bank(), "ar")) == []
    newer = QuestionText.objects.create(version=version, language="en", number=2, words=SINGLE["words"]["en"])
    QuestionText.objects.filter(pk=newer.pk).update(created_at=timezone.now() + timedelta(days=2))
    assert kinds(bank.stale_in(bank.bank(), "ar")) == ["single_choice"]
    assert kinds(bank.stale_in(bank.bank(), "en")) == []


def test_what_was_thrown_away_is_not_in_the_bank(lesson: Lesson) -> None:
    Question.objects.create(key="EMPTY", lesson=lesson)
    assert not bank.bank().exists()
