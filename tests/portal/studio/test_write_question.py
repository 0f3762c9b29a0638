"""An instructor changes the questions of a lesson."""

from typing import Any

import pytest
from django.test import Client

from lessons.models import CourseEdition, Lesson, Skill, State
from portal.accounts.models import RoleGrant, User
from quizzes.models import Question, QuestionSkill, QuestionText, QuestionVersion
from tests.factories import (
    GAPS,
    MATCHING,
    MULTIPLE,
    NUMERICAL,
    ORDERING,
    SHORT,
    SINGLE,
    TRUE_FALSE,
    SkillFactory,
    published_question,
)
from tests.portal.studio.people import (
    LESSON,
    SCRIPT,
    compose,
    question_fields,
    question_url,
    staff,
    text_of,
    with_hyphens,
)

pytestmark = pytest.mark.django_db

EACH = [SINGLE, MULTIPLE, TRUE_FALSE, NUMERICAL, ORDERING, MATCHING, SHORT, GAPS]


@pytest.fixture
def single(lesson: Lesson, course: CourseEdition) -> Question:
    return published_question(lesson, SINGLE).question


def draft_texts(question: Question) -> dict[str, Any]:
    rows = QuestionText.objects.filter(version__question=question, state=State.DRAFT)
    return dict(rows.values_list("language", "words"))


@pytest.mark.parametrize("spec", EACH, ids=lambda spec: spec["kind"])
def test_opening_a_question_and_saving_it_unchanged_makes_no_draft(
    writing: Client, lesson: Lesson, course: CourseEdition, spec: dict[str, Any]
) -> None:
    question = published_question(lesson, spec).question
    response = compose(writing, question)
    assert response.headers["Location"] == question_url(question)
    assert QuestionVersion.objects.filter(question=question).count() == 1
    assert draft_texts(question) == {}


@pytest.mark.parametrize("spec", EACH, ids=lambda spec: spec["kind"])
def test_new_words_alone_make_draft_words_and_no_version(
    writing: Client, instructor: User, lesson: Lesson, course: CourseEdition, spec: dict[str, Any]
) -> None:
    question = published_question(lesson, spec).question
    compose(writing, question, stem_en="Asked in other words")
    assert draft_texts(question) == {"en": spec["words"]["en"] | {"stem": "Asked in other words"}}
    text = QuestionText.objects.get(version__question=question, state=State.DRAFT)
    assert (text.number, text.author, text.version.state) == (2, instructor, State.PUBLISHED)


def test_saving_words_again_goes_on_with_the_same_draft(writing: Client, single: Question) -> None:
    compose(writing, single, stem_en="One")
    compose(writing, single, stem_en="Two")
    assert {language: words["stem"] for language, words in draft_texts(single).items()} == {"en": "Two"}


def test_another_key_makes_a_version_with_the_words_of_every_language(writing: Client, single: Question) -> None:
    compose(
        writing,
        single,
        right="1",
        option_0_why_en="Not first.",
        option_0_why_ar="ليس أولًا.",
        option_1_why_en="",
        option_1_why_ar="",
    )
    draft = QuestionVersion.objects.get(question=single, state=State.DRAFT)
    assert (draft.number, draft.kind, draft.answer_key) == (2, "single_choice", {"right": "wait"})
    assert draft.structure == {"options": ["press", "wait", "wash"]}
    assert sorted(draft_texts(single)) == ["ar", "en"]
    assert set(draft_texts(single)["en"]["feedback"]) == {"press", "wash"}


def test_making_a_question_critical_makes_a_version(writing: Client, single: Question) -> None:
    compose(writing, single, critical="on")
    assert QuestionVersion.objects.get(question=single, state=State.DRAFT).critical


def test_draft_words_move_into_the_version_that_takes_over(writing: Client, single: Question) -> None:
    compose(writing, single, stem_en="Asked in other words")
    compose(writing, single, critical="on")
    texts = QuestionText.objects.filter(version__question=single, state=State.DRAFT)
    assert {(text.version.number, text.language) for text in texts} == {(2, "ar"), (2, "en")}
    assert draft_texts(single)["en"]["stem"] == "Asked in other words"


def test_what_is_published_does_not_change(writing: Client, single: Question) -> None:
    compose(writing, single, stem_en="Asked in other words", critical="on")
    published = QuestionVersion.objects.get(question=single, state=State.PUBLISHED)
    assert not published.critical
    assert {text.words["stem"] for text in published.texts.filter(language="en")} == {SINGLE["words"]["en"]["stem"]}


# Options


def row(number: int, text: str, why: str = "") -> dict[str, str]:
    words = {"text": text, "why": why}
    return {f"option-{number}-{name}-{language}": said for name, said in words.items() for language in ("en", "ar")}


def test_an_option_keeps_its_id_and_a_new_one_gets_a_new_one(writing: Client, single: Question) -> None:
    fields = question_fields(writing.get(question_url(single)))
    larger = writing.post(question_url(single), fields | {"deed": "more"})
    writing.post(question_url(single), question_fields(larger) | row(3, "Call a friend", "Later."))
    draft = QuestionVersion.objects.get(question=single, state=State.DRAFT)
    assert draft.structure == {"options": ["press", "wait", "wash", "o1"]}
    assert draft_texts(single)["ar"]["options"]["o1"] == "Call a friend"


def test_one_row_more_keeps_everything_typed_and_saves_nothing(writing: Client, single: Question) -> None:
    fields = question_fields(writing.get(question_url(single))) | {"stem_en": "Half typed", "right": "2"}
    response = writing.post(question_url(single), fields | {"deed": "more"})
    form = response.context["form"]
    assert response.status_code == 200
    assert (form["stem_en"].value(), form["option-2-right"].value(), form.rows) == ("Half typed", True, 4)
    assert not form.errors
    assert draft_texts(single) == {}


def test_no_more_rows_than_the_kind_can_have(writing: Client, single: Question) -> None:
    page = writing.get(question_url(single))
    for _ in range(5):
        page = writing.post(question_url(single), question_fields(page) | {"deed": "more"})
    assert page.context["form"].rows == 5
    assert "Add a row for an option" not in text_of(page)


def test_an_emptied_row_is_taken_away_and_its_id_is_not_used_again(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    question = published_question(lesson, MULTIPLE).question
    fields = question_fields(writing.get(question_url(question)))
    writing.post(question_url(question), fields | row(2, "", ""))
    draft = QuestionVersion.objects.get(question=question, state=State.DRAFT)
    assert draft.structure == {"options": ["cloth", "hand", "dirt"]}
    fields = question_fields(writing.get(question_url(question)))
    page = writing.post(question_url(question), fields | {"deed": "more"})
    sent = question_fields(page) | row(3, "Snow", "No.") | {"option-3-id": "made-up"}
    writing.post(question_url(question), sent)
    draft.refresh_from_db()
    assert draft.structure == {"options": ["cloth", "hand", "dirt", "o1"]}


def test_fewer_than_three_options_are_refused(writing: Client, single: Question) -> None:
    fields = question_fields(writing.get(question_url(single)))
    response = writing.post(question_url(single), fields | row(1, "", ""))
    assert response.status_code == 422
    assert "At least 3 options are needed." in text_of(response)


# Faults beside their fields


@pytest.mark.parametrize(
    ("spec", "changed", "field", "message"),
    [
        (SINGLE, {"explanation_en": ""}, "explanation_en", "Write this, or empty all fields in this language."),
        (SINGLE, {"option_1_text_ar": ""}, "option-1-text-ar", "Write this"),
        (SINGLE, {"option_1_why_en": ""}, "option-1-why-en", "Write this"),
        (SINGLE, {"right": "1"}, "option-1-why-en", "marked as right"),
        (SINGLE, {"stem_en": "x" * 2001}, "stem_en", "at most 2000 characters"),
        (MULTIPLE, {"option_2_right": "on", "option_3_right": "on"}, "__all__", "At least one option must be wrong."),
        (TRUE_FALSE, {"right": "perhaps"}, "right", "Select a valid choice"),
        (TRUE_FALSE, {"feedback_ar": ""}, "feedback_ar", "Write this"),
        (NUMERICAL, {"right_min": "five"}, "right_min", "Write one number in digits"),
        (NUMERICAL, {"right_min": "", "right_max": ""}, "right_min", "at least one end"),
        (NUMERICAL, {"right_min": "7"}, "right_max", "This is below the first number."),
        (NUMERICAL, {"near_min": "5.5"}, "near_min", "must reach around"),
        (NUMERICAL, {"low_en": ""}, "low_en", "Write this"),
        (NUMERICAL, {"right_max": "", "near_max": ""}, "high_en", "No number can be that"),
        (NUMERICAL, {"unit_ar": ""}, "unit_ar", "Write this"),
    ],
)
def test_a_fault_is_said_beside_its_field_and_everything_typed_stays(
    writing: Client,
    lesson: Lesson,
    course: CourseEdition,
    spec: dict[str, Any],
    changed: dict[str, str],
    field: str,
    message: str,
) -> None:
    question = published_question(lesson, spec).question
    response = compose(writing, question, **({"stem_ar": "كلمات جديدة"} | changed))
    assert response.status_code == 422
    assert message in " ".join(response.context["form"].errors[field])
    assert "كلمات جديدة" in text_of(response)
    assert draft_texts(question) == {}


def test_every_fault_is_said_at_once(writing: Client, single: Question) -> None:
    fields = question_fields(writing.get(question_url(single)))
    del fields["right"]
    response = writing.post(question_url(single), fields | {"explanation_ar": "", "option-1-text-en": "x" * 2001})
    assert set(response.context["form"].errors) == {"__all__", "explanation_ar", "option-1-text-en"}


def test_a_single_choice_needs_a_right_answer(writing: Client, single: Question) -> None:
    fields = question_fields(writing.get(question_url(single)))
    del fields["right"]
    response = writing.post(question_url(single), fields)
    assert "Mark the option that is right." in text_of(response)


def test_words_that_readers_have_cannot_be_taken_from_them(writing: Client, single: Question) -> None:
    emptied = {name: "" for name in question_fields(writing.get(question_url(single))) if name.endswith(("ar",))}
    response = writing.post(question_url(single), question_fields(writing.get(question_url(single))) | emptied)
    assert response.status_code == 422
    assert "can be read in this language already" in text_of(response)


def test_an_empty_form_is_refused(writing: Client, single: Question) -> None:
    response = writing.post(question_url(single), {})
    assert response.status_code == 422
    assert draft_texts(single) == {}


def test_scripts_are_kept_as_words(writing: Client, single: Question) -> None:
    compose(writing, single, stem_en=SCRIPT, explanation_en=SCRIPT, option_1_why_en=SCRIPT)
    assert draft_texts(single)["en"]["stem"] == SCRIPT
    for page in (question_url(single), f"{question_url(single)}try/", LESSON, f"{LESSON}preview/", "/en/studio/"):
        assert SCRIPT not in text_of(writing.get(page)), page


def test_numbers_are_taken_in_arabic_digits(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    question = published_question(lesson, NUMERICAL).question
    compose(writing, question, right_max="٦٫٥")
    draft = QuestionVersion.objects.get(question=question, state=State.DRAFT)
    assert draft.answer_key == {"right": {"min": 5, "max": 6.5}, "near": {"min": 4, "max": 7}}


# Skills


def test_skills_are_set_at_once_and_keep_their_weights(writing: Client, lesson: Lesson, single: Question) -> None:
    pressing, calling = SkillFactory(key="press"), SkillFactory(key="call")
    lesson.skills.set([pressing, calling])
    QuestionSkill.objects.create(question=single, skill=pressing, weight="0.5")
    compose(writing, single, skills=[str(pressing.pk), str(calling.pk)])
    assert set(single.weights.values_list("skill__key", "weight")) == {("press", 0.5), ("call", 1)}
    assert draft_texts(single) == {}


def test_a_skill_of_another_lesson_is_refused(writing: Client, single: Question) -> None:
    Skill.objects.create(key="swim")
    response = compose(writing, single, skills=[str(Skill.objects.get().pk)])
    assert response.status_code == 422
    assert not single.weights.exists()


def test_how_hard_it_is_counts_at_once_and_makes_no_draft(writing: Client, single: Question) -> None:
    page = compose(writing, single, difficulty="hard")
    single.refresh_from_db()
    assert single.difficulty == "hard"
    assert draft_texts(single) == {}
    assert page.status_code == 302
    assert question_fields(writing.get(question_url(single)))["difficulty"] == "hard"


# Somebody else


def test_two_who_save_at_once_overwrite_nothing(writing: Client, single: Question) -> None:
    other = Client()
    other.force_login(staff("Omar", RoleGrant.Role.INSTRUCTOR))
    mine = question_fields(writing.get(question_url(single))) | {"stem_en": "Mine"}
    compose(other, single, stem_en="Theirs")
    clash = writing.post(question_url(single), mine)
    assert clash.status_code == 409
    assert draft_texts(single)["en"]["stem"] == "Theirs"
    assert clash.context["form"]["stem_en"].value() == "Mine"
    assert "Theirs" in text_of(clash)
    assert writing.post(question_url(single), question_fields(clash)).status_code == 302
    assert draft_texts(single)["en"]["stem"] == "Mine"


def test_the_same_form_sent_twice_saves_once(writing: Client, single: Question) -> None:
    fields = question_fields(writing.get(question_url(single))) | with_hyphens({"stem_en": "Once"})
    assert [writing.post(question_url(single), fields).status_code for _ in range(2)] == [302, 302]
    assert QuestionText.objects.filter(version__question=single, language="en").count() == 2


def test_a_draft_can_be_thrown_away(writing: Client, single: Question) -> None:
    compose(writing, single, critical="on")
    assert writing.post(f"{question_url(single)}discard/").headers["Location"] == LESSON
    assert QuestionVersion.objects.filter(question=single).count() == 1
    assert draft_texts(single) == {}
