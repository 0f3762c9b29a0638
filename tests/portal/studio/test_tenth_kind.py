"""A tenth kind of question is one new file and one line: it is read, asked, reviewed, counted, and written."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.translation import override

from lessons.models import CourseEdition, Lesson, State
from portal.exchange.faults import PackageFaults
from portal.exchange.reading import read_package
from quizzes.asked import Measure
from quizzes.kinds import KINDS
from quizzes.models import Attempt, QuestionText, QuestionVersion, Response
from quizzes.publishing import reasons_against_versions
from tests.factories import SINGLE, check_of, draft_question, published_course, published_lesson, published_question
from tests.portal.exchange.package import change, write_package
from tests.portal.studio.people import LESSON, compose, question_fields, question_url, send_to_review, text_of
from tests.quizzes.riddle import Riddle
from tests.quizzes.test_check_pages import CHECK, hidden

pytestmark = pytest.mark.django_db

WORDS = {
    "en": {
        "stem": "Which doors?",
        "explanation": "EXPLANATION.",
        "doors": {"red": "Red", "blue": "Blue", "dun": "Dun"},
    },
    "ar": {"stem": "أي باب؟", "explanation": "الشرح.", "doors": {"red": "أحمر", "blue": "أزرق", "dun": "رمادي"}},
}
SPEC: dict[str, Any] = {
    "kind": "riddle",
    "structure": {"doors": ["red", "blue", "dun"], "most": 2},
    "answer_key": {"open": ["red", "dun"]},
    "words": {language: said | {"riddle": "RIDDLE: they lead out."} for language, said in WORDS.items()},
}
PART = {"key": "BU-2-Q9", "kind": "riddle", "skills": {"cool-a-burn": 1}} | SPEC["structure"] | SPEC["answer_key"]
QUIZ = "burns/cover-it/quiz.yaml"


@pytest.fixture(autouse=True)
def tenth(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one line."""
    kind = Riddle()
    monkeypatch.setitem(KINDS, kind.name, kind)


@pytest.fixture
def package(tmp_path: Path, settings: Any) -> Path:
    """A package with a riddle in it."""
    settings.MEDIA_ROOT = tmp_path / "media"
    folder = write_package(tmp_path / "package")
    with_questions(folder, [PART | {"texts": SPEC["words"]}])
    return folder


def with_questions(folder: Path, questions: list[dict[str, Any]]) -> None:
    text = yaml.safe_dump(questions, allow_unicode=True, sort_keys=False)
    change(folder, QUIZ, "questions:\n", "questions:\n" + "".join(f"  {line}\n" for line in text.splitlines()))


def asks() -> None:
    lesson = published_lesson()
    check_of(lesson, [SPEC])
    published_course(lessons=[lesson])


def answered(answer: list[str]) -> str:
    guest = Client(enforce_csrf_checks=True)
    fields = hidden(guest.get(CHECK).content.decode())
    return guest.get(guest.post(CHECK, fields | {"answer": answer}).headers["Location"]).content.decode()


def test_it_is_read_from_a_package_and_published(package: Path) -> None:
    read_package(package)
    version = QuestionVersion.objects.get(question__key="BU-2-Q9")
    assert (version.kind, version.structure, version.answer_key) == ("riddle", SPEC["structure"], SPEC["answer_key"])
    assert version.state == State.PUBLISHED
    assert QuestionText.objects.get(version=version, language="ar").words == SPEC["words"]["ar"]


def test_written_out_again_it_is_the_same(package: Path, tmp_path: Path) -> None:
    read_package(package)
    version = QuestionVersion.objects.get(question__key="BU-2-Q9")
    texts = {text.language: text.words for text in version.texts.all()}
    again = {"key": version.question.key, "kind": version.kind, "skills": {"cool-a-burn": 1}, "texts": texts}
    folder = write_package(tmp_path / "again")
    with_questions(folder, [again | version.structure | version.answer_key])
    assert read_package(folder).changed == []


def test_what_is_wrong_in_a_package_is_named_with_its_line(package: Path) -> None:
    change(package, QUIZ, "    open:", "    shut: 3\n    open:")
    with override("en"), pytest.raises(PackageFaults) as refused:
        read_package(package)
    assert "shut is not a field that is known here" in str(refused.value)


def test_it_is_asked_with_what_to_choose() -> None:
    asks()
    page = Client().get(CHECK).content.decode()
    assert page.count('type="checkbox"') == 3
    assert "Choose every door that opens." in page
    assert "RIDDLE" not in page


@pytest.mark.parametrize(
    ("answer", "verdict"), [(["dun", "red"], "verdict-right"), (["red"], "verdict-wrong"), (["blue"], "verdict-wrong")]
)
def test_it_is_answered_and_reviewed(answer: list[str], verdict: str) -> None:
    asks()
    page = answered(answer)
    assert verdict in page
    assert "EXPLANATION" in page
    assert page.count("opt-right") == 2
    assert Response.objects.get().answer == answer
    assert Attempt.objects.get().passed == (verdict == "verdict-right")


def test_nothing_chosen_is_said_beside_the_question() -> None:
    asks()
    guest = Client()
    response = guest.post(CHECK, hidden(guest.get(CHECK).content.decode()))
    assert response.status_code == 422
    assert 'id="answer-errors"' in response.content.decode()


def test_it_is_counted_by_what_its_file_says() -> None:
    measure = Measure.of(published_question(published_lesson(), SPEC))
    words = measure.kind.parse_words(SPEC["words"]["en"], measure.structure, measure.key)
    countables = measure.kind.countables(measure.structure, measure.key, words)
    assert [one.id for one in countables if one.right] == ["red", "dun"]
    assert measure.kind.counted(measure.structure, measure.key, ["dun", "blue"]) == ["blue", "dun"]


def test_the_studio_offers_it_by_its_name(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    page = text_of(writing.get(LESSON))
    assert f"{LESSON}questions/new/riddle/" in page
    assert "A riddle" in page
    assert "Doors, some of which open." in text_of(writing.get(f"{LESSON}questions/new/riddle/"))


def test_the_studio_opens_it_and_saves_what_changed(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    question = published_question(lesson, SPEC).question
    page = writing.get(question_url(question))
    assert "Doors that open" in text_of(page)
    assert question_fields(page)["part_doors"] == "red\nblue\ndun"
    compose(writing, question)
    assert not QuestionVersion.objects.filter(question=question, state=State.DRAFT).exists()
    words = "red: Crimson\nblue: Navy: dark\ndun: Dun"
    compose(writing, question, part_open="blue", part_most="3", said_doors_en=words)
    draft = QuestionVersion.objects.get(question=question, state=State.DRAFT)
    assert draft.structure == {"doors": ["red", "blue", "dun"], "most": 3}
    assert draft.answer_key == {"open": ["blue"]}
    doors = draft.texts.get(language="en").words["doors"]
    assert doors == {"red": "Crimson", "blue": "Navy: dark", "dun": "Dun"}


def test_the_studio_makes_a_new_one(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    new = f"{LESSON}questions/new/riddle/"
    fields = question_fields(writing.get(new)) | {"part_doors": "in\r\nout", "part_most": "2", "part_open": "out"}
    for language in ("ar", "en"):
        fields |= {f"{name}_{language}": f"Some {name}" for name in ("stem", "explanation", "said_riddle")}
        fields |= {f"said_doors_{language}": "in: In\r\nout: Out"}
    assert writing.post(new, fields).status_code == 302
    version = QuestionVersion.objects.get(state=State.DRAFT)
    assert (version.kind, version.answer_key) == ("riddle", {"open": ["out"]})
    assert reasons_against_versions([version], version.texts.all()) == []


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"part_doors": ""}, "part_doors", "This field is required."),
        ({"part_doors": "red"}, "part_doors", "At least 2 options are needed."),
        ({"part_most": "many"}, "part_most", "valid integer"),
        ({"part_most": "[1"}, "part_most", "This is no YAML."),
        ({"part_most": "2026-99-99"}, "part_most", "This is no YAML."),
        ({"part_most": "[" * 2000 + "]" * 2000}, "part_most", "This is no YAML."),
        ({"said_doors_en": "red Red"}, "said_doors_en", "Write each id once, then a colon and its words: “red Red”."),
        ({"said_doors_en": "red: R\nred: R"}, "said_doors_en", "Write each id once"),
        ({"said_riddle_ar": ""}, "said_riddle_ar", "Write this, or empty all fields in this language."),
        ({"part_open": "green"}, "__all__", "green not among the doors"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_lost(
    writing: Client, lesson: Lesson, course: CourseEdition, changed: dict[str, str], field: str, said: str
) -> None:
    question = published_question(lesson, SPEC).question
    response = compose(writing, question, stem_en="Typed just now", **changed)
    assert response.status_code == 422
    assert said in " ".join(response.context["form"].errors[field])
    assert "Typed just now" in text_of(response)


def test_a_reviewer_sees_it_with_its_key(
    writing: Client, reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    compose(writing, published_question(lesson, SPEC).question, part_open="blue")
    page = reviewing.get(f"/en/studio/releases/{send_to_review(writing).pk}/")
    assert "A riddle" in text_of(page)
    assert "opt-right" in text_of(page)


def test_it_is_tried_as_a_citizen(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    url = f"{question_url(published_question(lesson, SPEC).question)}try/"
    assert "verdict-right" in text_of(writing.post(url, {"answer": ["red", "dun"]}))


def test_the_style_guide_shows_it(writing: Client) -> None:
    assert "riddle-0" in text_of(writing.get("/en/style-guide/light/"))


# A kind that there is not


def test_an_unknown_kind_is_refused_before_it_is_published() -> None:
    version = draft_question(spec=SINGLE | {"kind": "no_such"})
    with override("en"), pytest.raises(ValidationError, match="There is no such kind of question"):
        version.full_clean(exclude=["answer_key"])
    with override("en"):
        assert [reason.message for reason in reasons_against_versions([version], version.texts.all())] == [
            "Questions of this kind cannot be asked yet."
        ]


@pytest.mark.parametrize("name", ["", "Riddle", "two words", "ninth-kind", "9th", "good\nname"])
def test_the_database_refuses_what_cannot_be_the_name_of_a_kind(name: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        draft_question(spec=SINGLE | {"kind": name})


def test_a_kind_that_is_gone_is_named_as_it_was_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    version = published_question(published_lesson(), SPEC)
    assert version.get_kind_display() == "A riddle"
    monkeypatch.delitem(KINDS, "riddle")
    assert version.get_kind_display() == "riddle"
