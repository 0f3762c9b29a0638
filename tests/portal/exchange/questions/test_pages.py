"""Two steps in the studio: choose a file and see what it would do, then agree."""

from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lessons.models import Lesson
from portal.accounts.models import AuditEntry, RoleGrant, User
from quizzes.models import Question, QuestionVersion
from tests.factories import UserFactory, published_lesson
from tests.portal.studio.people import LESSON, question_url, staff, text_of

pytestmark = pytest.mark.django_db

URL = f"{LESSON}read-questions/"
TEXT = "::Red:: Blood is red. {T#Look at it.#It carries iron.}\n\n::Tell:: Tell. {}\n"


@pytest.fixture
def lesson() -> Lesson:
    cache.clear()
    return published_lesson()


@pytest.fixture
def instructor() -> User:
    return staff("Iman", RoleGrant.Role.INSTRUCTOR)


@pytest.fixture
def writing(instructor: User) -> Client:
    client = Client()
    client.force_login(instructor)
    return client


def choose(client: Client, data: bytes = TEXT.encode(), **fields: str) -> Any:
    sent = {"file": SimpleUploadedFile("blood.gift", data), "language": "en", "format": ""} | fields
    return client.post(URL, sent)


def agree(client: Client, page: Any, **fields: str) -> Any:
    return client.post(URL, {"token": page.context["token"], "digest": page.context["report"].digest} | fields)


def test_the_page_is_reached_from_the_questions_of_the_lesson(writing: Client, lesson: Lesson) -> None:
    assert f'href="{URL}"' in text_of(writing.get(LESSON))
    assert writing.get(URL).status_code == 200


def test_first_is_shown_what_would_be_and_nothing_is_written(writing: Client, lesson: Lesson) -> None:
    page = choose(writing)
    html = text_of(page)
    assert page.status_code == 200
    assert "Would be created: 1 · changed: 0 · left alone: 0 · not kept: 1" in html
    assert "It is an essay, which nobody is there to mark." in html
    assert not Question.objects.exists()


def test_who_agrees_has_the_drafts(writing: Client, lesson: Lesson, instructor: User) -> None:
    response = agree(writing, choose(writing))
    assert (response.status_code, response.headers["Location"]) == (302, f"{LESSON}#questions")
    assert QuestionVersion.objects.get().author == instructor
    assert AuditEntry.objects.get(deed="questions.read").actor == instructor
    assert "Read: 1 created, 0 changed, 0 left alone, 1 not kept." in text_of(writing.get(LESSON))


def test_a_draft_with_words_still_missing_can_be_opened_and_tried(writing: Client, lesson: Lesson) -> None:
    agree(writing, choose(writing, b"::Press:: What first? {=Press ~Wait ~Wash}"))
    question = Question.objects.get()
    bank = f"/en/studio/bank/{question.authority}/{question.key}/"
    for url in (LESSON, question_url(question), f"{question_url(question)}try/", f"{LESSON}preview/", bank):
        assert writing.get(url).status_code == 200, url


def test_agreeing_twice_asks_for_the_file_again(writing: Client, lesson: Lesson) -> None:
    page = choose(writing)
    agree(writing, page)
    response = agree(writing, page)
    assert response.status_code == 409
    assert "Choose it again." in text_of(response)
    assert Question.objects.count() == 1


def test_what_changed_meanwhile_is_shown_once_more(writing: Client, lesson: Lesson) -> None:
    first, second = choose(writing), choose(writing)
    agree(writing, first)
    response = agree(writing, second)
    assert response.status_code == 409
    assert "left alone: 1" in text_of(response)


def test_the_file_of_another_person_cannot_be_agreed_to(writing: Client, lesson: Lesson) -> None:
    page = choose(writing)
    other = Client()
    other.force_login(staff("Omar", RoleGrant.Role.INSTRUCTOR))
    assert agree(other, page).status_code == 409
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "This file is empty."),
        (b"\x00\x01\x02", "This file is not text."),
        (b"x" * (5 * 1024 * 1024 + 1), "The file is larger than 5 MB."),
        (b"Fine. {T}\n\nWhat? {=a", "Line 3: The answers begin with {"),
        (b"<quiz><!DOCTYPE x></quiz>", "Line 1: The XML is broken here."),
    ],
)
def test_a_file_that_cannot_be_read_is_said_beside_its_field(
    writing: Client, lesson: Lesson, data: bytes, said: str
) -> None:
    response = choose(writing, data, language="ar", format="" if data[:1] != b"<" else "moodle")
    assert response.status_code == 422
    assert said in " ".join(response.context["form"].errors["file"])
    assert response.context["form"]["language"].value() == "ar"


def test_what_was_assumed_of_the_file_is_said(writing: Client, lesson: Lesson) -> None:
    page = choose(writing, "الدم أحمر. {T}".encode("windows-1256"), language="ar")
    assert "read as windows-1256" in text_of(page)
    assert "الدم أحمر." in text_of(page)


def test_a_script_in_the_file_is_words(writing: Client, lesson: Lesson) -> None:
    page = choose(writing, b"[plain]<script>alert(1)</script> {T}")
    assert "<script>alert(1)" not in text_of(page)
    assert "&lt;script&gt;alert(1)" in text_of(page)


def test_only_who_may_write_questions_may_read_them_in(client: Client, lesson: Lesson) -> None:
    assert client.get(URL).status_code == 302
    client.force_login(UserFactory())
    assert (client.get(URL).status_code, choose(client).status_code) == (403, 403)
    client.force_login(staff("Rana", RoleGrant.Role.REVIEWER))
    assert (client.get(URL).status_code, choose(client).status_code) == (403, 403)


def test_a_dry_run_of_many_questions_asks_the_database_within_bounds(
    writing: Client, lesson: Lesson, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(30):
        choose(writing, b"".join(b"Blood is red %d times. {T}\n\n" % at for at in range(20)))


def test_many_questions_that_changed_are_read_in_one_go(writing: Client, lesson: Lesson) -> None:
    agree(writing, choose(writing, b"::A:: One. {T}\n\n::B:: Two. {T}\n\n::C:: Three. {T}"))
    agree(writing, choose(writing, b"::A:: One. {F}\n\n::B:: Two. {F}\n\n::C:: Three. {F}"))
    assert list(QuestionVersion.objects.values_list("answer_key", flat=True)) == [{"right": False}] * 3
