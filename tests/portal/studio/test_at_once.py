"""Two people who press the same button at the same moment."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.test import Client

from lessons.models import CourseEdition, Lesson, Revision, State
from portal.accounts.models import RoleGrant, User
from quizzes.models import Question, QuestionText
from tests.factories import published_question
from tests.portal.studio.people import LESSON, draft_of, lesson_fields, question_fields, question_url, staff
from tests.portal.studio.test_new_question import FILLED, NEW

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def two(instructor: User) -> list[Client]:
    """The browsers of two instructors."""
    people, browsers = [instructor, staff("Omar", RoleGrant.Role.INSTRUCTOR)], [Client(), Client()]
    for person, browser in zip(people, browsers, strict=True):
        browser.force_login(person)
    return browsers


def at_once(deeds: Sequence[Callable[[], int]]) -> list[int]:
    """The statuses of deeds done at the same moment, sorted."""
    together, statuses = Barrier(len(deeds)), list[int]()

    def run(deed: Callable[[], int]) -> None:
        together.wait(timeout=10)
        try:
            statuses.append(deed())
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(statuses)


def sending(client: Client, url: str, fields: dict[str, str]) -> Callable[[], int]:
    return lambda: client.post(url, fields).status_code


def test_two_drafts_of_one_text_are_one_draft_and_one_clash(
    two: list[Client], lesson: Lesson, course: CourseEdition
) -> None:
    forms = [lesson_fields(client.get(LESSON)) | {"en-title": f"Title {n}"} for n, client in enumerate(two)]
    deeds = [sending(client, LESSON, fields) for client, fields in zip(two, forms, strict=True)]
    assert at_once(deeds) == [302, 409]
    assert draft_of(lesson).number == 2


def test_the_same_form_sent_twice_at_once_is_one_draft(
    two: list[Client], lesson: Lesson, course: CourseEdition
) -> None:
    fields = lesson_fields(two[0].get(LESSON)) | {"en-title": "Once", "ar-title": "مرة"}
    assert at_once([sending(two[0], LESSON, fields)] * 2) == [302, 302]
    assert Revision.objects.filter(text__lesson=lesson, state=State.DRAFT).count() == 2


def test_two_wordings_of_one_question_are_one_draft_and_one_clash(
    two: list[Client], lesson: Lesson, course: CourseEdition
) -> None:
    url = question_url(published_question(lesson).question)
    forms = [question_fields(client.get(url)) | {"stem_en": f"Stem {n}"} for n, client in enumerate(two)]
    deeds = [sending(client, url, fields) for client, fields in zip(two, forms, strict=True)]
    assert at_once(deeds) == [302, 409]
    assert QuestionText.objects.filter(state=State.DRAFT).count() == 1


def test_two_new_questions_get_two_keys(two: list[Client], lesson: Lesson, course: CourseEdition) -> None:
    url = f"{NEW}true_false/"
    forms = [
        question_fields(client.get(url)) | FILLED["true_false"] | {"stem_en": f"Stem {n}"}
        for n, client in enumerate(two)
    ]
    deeds = [sending(client, url, fields) for client, fields in zip(two, forms, strict=True)]
    assert at_once(deeds) == [302, 302]
    keys = Question.objects.filter(key__startswith="bleeding-Q").values_list("key", flat=True)
    assert sorted(keys) == ["bleeding-Q1", "bleeding-Q2"]
