"""The audit log in words: narrowed, paged, for content or for all deeds, never changed."""

import ast
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from lessons.models import CourseEdition, Lesson
from portal.accounts.audit import record
from portal.accounts.deeds import DEEDS
from portal.accounts.models import AuditEntry, RoleGrant, User
from tests.factories import OrganisationFactory, RegionFactory, RoleGrantFactory, published_lesson
from tests.portal.studio.people import compose, publish, send_to_review, staff, text_of, write

pytestmark = pytest.mark.django_db
LOG = "/en/studio/log/"


@pytest.fixture
def administrating() -> Client:
    client = Client()
    client.force_login(staff("Amal", RoleGrant.Role.ADMINISTRATOR))
    return client


def said(page: Any) -> list[tuple[str, str, str]]:
    """(who, what, subject) of the lines."""
    return [(line.who, line.what, line.subject) for line in page.context["lines"]]


def test_deeds_are_said_in_words_the_newest_first(writing: Client, instructor: User) -> None:
    record(instructor, "release.submitted", "Bleeding")
    record(None, "release.published", "Bleeding")
    assert said(writing.get(LOG)) == [
        ("", "Published a release", "Bleeding"),
        (str(instructor), "Sent a release to review", "Bleeding"),
    ]


def test_they_are_said_in_arabic_too(writing: Client, instructor: User) -> None:
    record(instructor, "draft.saved", "x")
    assert "كتابة مسودة" in text_of(writing.get("/ar/studio/log/"))


def test_a_draft_is_named_and_linked_where_it_stands(writing: Client, course: CourseEdition, lesson: Lesson) -> None:
    write(writing, en_title="Heavy bleeding")
    page: Any = writing.get(LOG)
    [line] = page.context["lines"]
    assert (line.subject, line.language) == ("bleeding: Heavy bleeding", "English")
    assert line.url == "/en/studio/lessons/bleeding/#en"


def test_what_was_done_to_people_is_for_administrators(
    writing: Client, administrating: Client, instructor: User
) -> None:
    record(instructor, "people.viewed", "ES-1")
    assert said(writing.get(LOG)) == []
    assert said(administrating.get(LOG)) == [(str(instructor), "Looked at people by name", "ES-1")]


def test_an_administrator_of_a_region_sees_what_concerns_content(instructor: User) -> None:
    user = staff("Sami")
    RoleGrantFactory(user=user, role=RoleGrant.Role.ADMINISTRATOR, region=RegionFactory())
    client = Client()
    client.force_login(user)
    record(instructor, "people.viewed", "ES-1")
    record(instructor, "release.submitted", "Bleeding")
    assert [what for _who, what, _subject in said(client.get(LOG))] == ["Sent a release to review"]


def test_deeds_to_people_cannot_be_asked_for_by_others(writing: Client) -> None:
    assert writing.get(LOG, {"deed": "people.viewed"}).status_code == 422


@pytest.mark.parametrize(
    ("fields", "subjects"),
    [
        ({}, ["two", "one"]),
        ({"person": "iman"}, ["one"]),
        ({"person": "nobody"}, []),
        ({"deed": "release.published"}, ["two"]),
        ({"subject": "ON"}, ["one"]),
    ],
)
def test_it_is_narrowed(
    writing: Client, instructor: User, reviewer: User, fields: dict[str, str], subjects: list[str]
) -> None:
    record(instructor, "release.submitted", "one")
    record(reviewer, "release.published", "two")
    assert [subject for _who, _what, subject in said(writing.get(LOG, fields))] == subjects


@pytest.mark.parametrize(
    ("since", "until", "count"), [(0, 0, 1), (-1, None, 1), (None, -1, 0), (1, None, 0), (None, 0, 1)]
)
def test_it_is_narrowed_to_days_the_last_of_them_included(
    writing: Client, instructor: User, since: int | None, until: int | None, count: int
) -> None:
    record(instructor, "release.submitted", "today")
    today = timezone.localdate()
    days = {
        name: str(today + timedelta(days=at)) for name, at in (("since", since), ("until", until)) if at is not None
    }
    assert len(said(writing.get(LOG, days))) == count


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"since": "yesterday"}, "Write a day"),
        ({"since": "2026-02-02", "until": "2026-02-01"}, "comes before the first one"),
        ({"lesson": "none"}, "There is no such lesson"),
    ],
)
def test_what_cannot_be_asked_for_is_said(writing: Client, fields: dict[str, str], message: str) -> None:
    response = writing.get(LOG, fields)
    assert response.status_code == 422
    assert message in text_of(response)


def test_older_entries_come_page_by_page_each_once(writing: Client, instructor: User) -> None:
    for at in range(120):
        record(instructor, "release.submitted", str(at))
    seen, address = [], ""
    for _ in range(3):
        page: Any = writing.get(f"{LOG}{address}")
        seen += [subject for _who, _what, subject in said(page)]
        address = page.context["older"]
    assert seen == [str(at) for at in reversed(range(120))]
    assert address == ""


def test_a_page_asks_no_more_for_fifty_entries_than_for_one(
    writing: Client, course: CourseEdition, lesson: Lesson, django_assert_num_queries: Any
) -> None:
    for at in range(60):
        write(writing, en_title=f"Bleeding {at}")
    question = lesson.questions.get(versions__kind="single_choice")
    compose(writing, question, stem_en="What now?")
    with django_assert_num_queries(7):
        assert len(said(writing.get(LOG))) == 50


def test_a_lesson_says_what_happened_to_it(
    writing: Client, reviewing: Client, course: CourseEdition, lesson: Lesson, instructor: User
) -> None:
    record(instructor, "release.submitted", "Something else")
    write(writing, en_title="Heavy bleeding")
    compose(writing, lesson.questions.get(versions__kind="single_choice"), stem_en="What now?")
    publish(reviewing, send_to_review(writing))
    assert "log/?lesson=bleeding" in text_of(writing.get("/en/studio/lessons/bleeding/"))
    page: Any = writing.get(LOG, {"lesson": "bleeding"})
    assert [what for _who, what, _subject in said(page)] == [
        "Published a release",
        "Ticked what was looked at in a release",
        "Sent a release to review",
        "Wrote a draft",
        "Wrote a draft",
    ]
    assert "What happened to Heavy bleeding" in text_of(page)


def test_another_lesson_says_nothing_of_it(writing: Client, course: CourseEdition, lesson: Lesson) -> None:
    published_lesson(slug="bleeding-2")
    write(writing, en_title="Heavy bleeding")
    assert said(writing.get(LOG, {"lesson": "bleeding-2"})) == []


def test_a_draft_that_was_thrown_away_is_remembered(writing: Client, course: CourseEdition, lesson: Lesson) -> None:
    write(writing, en_title="Heavy bleeding")
    writing.post("/en/studio/lessons/bleeding/discard/en/")
    page = writing.get(LOG, {"lesson": "bleeding"})
    assert [what for _who, what, _subject in said(page)] == ["Discarded a draft"]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_log_is_read_and_nothing_else(administrating: Client, method: str) -> None:
    before = AuditEntry.objects.count()
    assert getattr(administrating, method)(LOG).status_code == 405
    assert AuditEntry.objects.count() == before


def test_a_citizen_and_a_manager_do_not_read_it() -> None:
    manager = staff("Mona")
    RoleGrantFactory(user=manager, role=RoleGrant.Role.MANAGER, organisation=OrganisationFactory())
    for user in (manager, staff("Cora")):
        client = Client()
        client.force_login(user)
        assert client.get(LOG).status_code == 403


def test_every_deed_that_the_code_writes_down_has_words() -> None:
    """The first text with a dot in it among what `record` is called with is the deed."""
    written: set[str] = set()
    for folder in ("portal", "quizzes", "lessons"):
        for path in (Path(settings.BASE_DIR) / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and _called(node) in {"record", "_record"}:
                    written.update(_deeds(node))
    assert len(written) > 25
    assert written - DEEDS.keys() == set()


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", "") or getattr(node.func, "attr", "")


def _deeds(node: ast.Call) -> list[str]:
    texts = [one.value for arg in node.args[:3] for one in ast.walk(arg) if isinstance(one, ast.Constant)]
    return [
        text
        for text in texts
        if isinstance(text, str) and text.replace("_", "").replace(".", "").isalpha() and "." in text
    ]
