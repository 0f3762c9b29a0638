"""What is being typed is shown as it would be published, and nothing of it is kept."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lessons.models import CourseEdition, Lesson, LocalFact, LocalFactText, Revision
from portal.accounts.models import RoleGrant
from tests.factories import LessonFactory
from tests.portal.studio.people import FIRST, LESSON, SCRIPT, lesson_fields, staff
from tests.portal.studio.test_pictures import a_picture, upload

pytestmark = pytest.mark.django_db
LIVE = f"{LESSON}preview/live/"


def fields(client: Client, language: str = "en", **typed: str) -> dict[str, Any]:
    """What the script sends: the fields of one language, some of them changed."""
    kept = lesson_fields(client.get(LESSON))
    mine = {name: value for name, value in kept.items() if name.startswith(f"{language}-")}
    return mine | {f"{language}-{name}": value for name, value in typed.items()} | {"language": language}


def live(client: Client, language: str = "en", **typed: str) -> Any:
    response = client.post(LIVE, fields(client, language, **typed))
    assert response.status_code == 200
    return json.loads(response.content)


def test_what_is_typed_is_the_page_that_readers_would_get(writing: Client, course: CourseEdition) -> None:
    said = live(writing, title="Typed title", markdown=f"{FIRST}\n## Typed heading\n\n::: key\nTyped key.\n:::\n")
    assert '<html lang="en" dir="ltr">' in said["page"]
    assert "<h1>Typed title</h1>" in said["page"]
    assert '<h2 id="part-typed-heading">' in said["page"]
    assert '<div class="key"><p class="block-title">Remember</p>' in said["page"]
    assert said["faults"].strip() == ""


def test_arabic_is_shown_in_an_arabic_page(writing: Client, course: CourseEdition) -> None:
    page = live(writing, "ar", title="عنوان مكتوب", markdown="::: first\nاضغطوا.\n:::\n")["page"]
    assert '<html lang="ar" dir="rtl">' in page
    assert "<h1>عنوان مكتوب</h1>" in page


def test_it_is_the_page_of_the_published_lesson(writing: Client, client: Client, course: CourseEdition) -> None:
    """The same template: what a reader sees of a lesson that nobody has changed, its scripts aside."""
    page = live(writing, markdown=FIRST)["page"]
    reader = client.get("/en/courses/first-aid/bleeding/").content.decode()
    for part in (
        '<nav class="crumbs"',
        '<nav class="rail"',
        '<nav class="bar"',
        "Severe bleeding",
        "Check what you know",
    ):
        assert part in page, part
        assert part in reader, part


def test_nothing_is_kept(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    before = list(Revision.objects.order_by("pk").values())
    live(writing, title="Typed", markdown=FIRST)
    assert list(Revision.objects.order_by("pk").values()) == before


def test_faults_come_with_their_lines_and_without_a_page(writing: Client, course: CourseEdition) -> None:
    said = live(writing, markdown=f"{FIRST}\n# Too high\n")
    assert said["page"] is None
    assert "Line 5:" in said["faults"]
    assert "Headings begin at “##”" in said["faults"]
    assert '<code dir="auto"># Too high</code>' in said["faults"]


def test_a_missing_title_is_said_and_the_page_shown(writing: Client, course: CourseEdition) -> None:
    said = live(writing, title="", markdown=FIRST)
    assert "Press with both hands." in said["page"]
    assert "Write a title at least" in said["faults"]


def test_local_facts_are_filled_in(writing: Client, course: CourseEdition) -> None:
    fact = LocalFact.objects.create(key="emergency-number", kind="phone")
    LocalFactText.objects.create(fact=fact, language="en", label="Number", default="your emergency number")
    page = live(writing, markdown="::: first\nCall {fact:emergency-number}.\n:::")["page"]
    assert "Call <bdi>your emergency number</bdi>." in page


def test_a_picture_of_another_language_is_shown(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    upload(writing, a_picture(), **{"picture-name": "leg"})
    page = live(writing, "ar", markdown="::: first\nاضغطوا.\n:::\n\n![ساق](figures/leg.webp)\n")["page"]
    assert 'alt="ساق"' in page


@pytest.mark.parametrize(
    "typed",
    [
        {"title": SCRIPT},
        {"summary": f'"{SCRIPT}'},
        {"objective": SCRIPT},
        {"markdown": f"{FIRST}\n`{SCRIPT}`\n"},
        {"markdown": f'{FIRST}\n[x](https://e.org "{SCRIPT}")\n'},
    ],
)
def test_scripts_are_words(writing: Client, course: CourseEdition, typed: dict[str, str]) -> None:
    page = live(writing, **({"markdown": FIRST} | typed))["page"]
    assert "<script" not in page


def test_html_is_a_fault_and_stays_words_in_it(writing: Client, course: CourseEdition) -> None:
    said = live(writing, markdown=f"{FIRST}\n{SCRIPT}\n")
    assert said["page"] is None
    assert "<script" not in said["faults"]
    assert "HTML is not allowed" in said["faults"]


def test_the_page_holds_no_script_and_nobodys_state(writing: Client, course: CourseEdition) -> None:
    page = live(writing, markdown=FIRST)["page"]
    assert "<script" not in page
    assert "csrfmiddlewaretoken" not in page
    assert "Iman" not in page


def test_a_lesson_nobody_has_written_yet_can_be_looked_at(writing: Client) -> None:
    LessonFactory(slug="burns", key="burns")
    sent = {"language": "en", "en-title": "Burns", "en-markdown": FIRST, "en-id": ""}
    said = writing.post("/en/studio/lessons/burns/preview/live/", sent).json()
    assert "<h1>Burns</h1>" in said["page"]


def test_it_is_not_kept_by_anybodys_cache(writing: Client, course: CourseEdition) -> None:
    response = writing.post(LIVE, fields(writing, markdown=FIRST))
    assert "no-store" in response.headers["Cache-Control"]
    assert "Iman" not in response.content.decode()


@pytest.mark.parametrize("language", ["", "xx", "../en"])
def test_a_language_that_the_lesson_does_not_have_is_not_found(
    writing: Client, course: CourseEdition, language: str
) -> None:
    assert writing.post(LIVE, {"language": language}).status_code == 404


def test_only_a_form_is_taken(writing: Client, course: CourseEdition) -> None:
    assert writing.get(LIVE).status_code == 405


def test_a_request_from_elsewhere_is_refused(writing: Client, course: CourseEdition) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = writing.cookies
    assert strict.post(LIVE, {"language": "en"}).status_code == 403


@pytest.mark.parametrize("role", [RoleGrant.Role.REVIEWER, None])
def test_only_who_writes_may_ask(course: CourseEdition, role: RoleGrant.Role | None) -> None:
    client = Client()
    client.force_login(staff("Somebody", *([role] if role else [])))
    assert client.post(LIVE, {"language": "en"}).status_code == 403


def test_a_guest_is_sent_to_log_in(client: Client, course: CourseEdition) -> None:
    response = client.post(LIVE, {"language": "en"})
    assert response.status_code == 302
    assert "/account/login/" in response.headers["Location"]


def test_more_pictures_cost_no_more_queries(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    def cost() -> int:
        sent = fields(writing, markdown=FIRST)
        with CaptureQueriesContext(connection) as counted:
            writing.post(LIVE, sent)
        return len(counted)

    upload(writing, a_picture(), **{"picture-name": "one"})
    once = cost()
    for number in range(3):
        upload(writing, a_picture(size=(50 + number, 40)), **{"picture-name": f"more-{number}"})
    assert cost() == once


def test_a_preview_that_is_still_blank_shows_what_is_published(writing: Client, course: CourseEdition) -> None:
    published = live(writing)["page"]
    faulty = fields(writing, markdown="# Too high\n")
    said = json.loads(writing.post(LIVE, faulty | {"blank": "1"}).content)
    assert said["stale"]
    assert said["page"] == published
    assert "##" in said["faults"]
    assert json.loads(writing.post(LIVE, faulty).content)["page"] is None
