"""Instead of one overwriting the other: both texts put together, and a choice where both changed the same."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from lessons.models import CourseEdition, Lesson
from portal.accounts.models import RoleGrant, User
from tests.portal.studio.keeping.typing import copy_of, page_fields, shown
from tests.portal.studio.people import FIRST, LESSON, SCRIPT, draft_of, drafts, lesson_fields, staff, text_of, write

pytestmark = pytest.mark.django_db
TEXT = f"{FIRST}\nOne.\n\nTwo.\n\nThree."


@pytest.fixture
def other() -> Client:
    """The browser of a second instructor."""
    client = Client()
    client.force_login(staff("Amal", RoleGrant.Role.INSTRUCTOR))
    return client


class Hidden(HTMLParser):
    """The hidden fields of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, Any] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "input" and said.get("type") == "hidden" and said["name"] != "csrfmiddlewaretoken":
            self.fields[str(said["name"])] = said.get("value") or ""


def sent_back(page: Any) -> dict[str, Any]:
    """What the browser would send of a page of choices, nothing chosen."""
    return Hidden(text_of(page)).fields


def questions(page: Any) -> list[str]:
    return list(dict.fromkeys(re.findall(r'type="radio" [^>]*name="([^"]+)"', text_of(page))))


def clash(writing: Client, other: Client, mine: dict[str, str], theirs: dict[str, str]) -> Any:
    """Both begin from the same draft; they save first, and then I do."""
    write(other, en_markdown=TEXT, en_title="Title")
    opened = page_fields(writing)
    write(other, **theirs)
    changed = {name.replace("_", "-", 1): said for name, said in mine.items()}
    response = writing.post(LESSON, opened | changed)
    assert response.status_code == 409
    return response


def test_passages_of_one_each_are_put_together_and_saved_with_one_button(
    writing: Client, other: Client, lesson: Lesson, course: CourseEdition
) -> None:
    page = clash(
        writing,
        other,
        {"en_markdown": TEXT.replace("One.", "One, mine.")},
        {"en_markdown": TEXT.replace("Two.", "Two, theirs."), "en_title": "Their title"},
    )
    assert questions(page) == []
    assert "You changed different passages" in text_of(page)
    assert writing.post(LESSON, sent_back(page) | {"deed": "merge"}).status_code == 302
    draft = draft_of(lesson)
    assert draft.title == "Their title"
    assert draft.markdown == TEXT.replace("One.", "One, mine.").replace("Two.", "Two, theirs.")


def test_nothing_is_saved_before_it_was_looked_at(
    writing: Client, other: Client, lesson: Lesson, course: CourseEdition
) -> None:
    clash(writing, other, {"en_title": "Mine"}, {"en_title": "Theirs"})
    assert draft_of(lesson).title == "Theirs"
    assert shown(writing, "en-title") == "Mine"


@pytest.mark.parametrize(
    ("choice", "outcome"), [("mine", "Mine."), ("theirs", "Theirs."), ("both", "Theirs.\n\nMine.")]
)
def test_where_both_changed_the_same_one_chooses(
    writing: Client, other: Client, lesson: Lesson, course: CourseEdition, choice: str, outcome: str
) -> None:
    mine, theirs = TEXT.replace("Two.", "Mine."), TEXT.replace("Two.", "Theirs.")
    page = clash(writing, other, {"en_markdown": mine}, {"en_markdown": theirs})
    [question] = questions(page)
    writing.post(LESSON, sent_back(page) | {question: choice, "deed": "merge"})
    assert draft_of(lesson).markdown == TEXT.replace("Two.", outcome)


def test_without_a_choice_nothing_is_saved_and_it_is_asked_again(
    writing: Client, other: Client, lesson: Lesson, course: CourseEdition
) -> None:
    page = clash(writing, other, {"en_title": "Mine"}, {"en_title": "Theirs"})
    again = writing.post(LESSON, sent_back(page) | {"deed": "merge"})
    assert again.status_code == 422
    assert "Choose one of the three." in text_of(again)
    assert draft_of(lesson).title == "Theirs"
    [question] = questions(again)
    assert writing.post(LESSON, sent_back(again) | {question: "mine", "deed": "merge"}).status_code == 302
    assert draft_of(lesson).title == "Mine"


def test_a_choice_that_was_made_is_still_chosen_when_another_is_missing(
    writing: Client, other: Client, course: CourseEdition
) -> None:
    page = clash(
        writing,
        other,
        {"en_title": "Mine", "en_summary": "My summary"},
        {"en_title": "Theirs", "en_summary": "Their summary"},
    )
    title, _summary = questions(page)
    again = text_of(writing.post(LESSON, sent_back(page) | {title: "theirs", "deed": "merge"}))
    assert re.search(rf'name="{title}" value="theirs"[^>]*checked', again)
    assert len(re.findall(r"Choose one of the three\.", again)) == 1


def test_saved_once_more_meanwhile_it_is_asked_anew(
    writing: Client, other: Client, lesson: Lesson, course: CourseEdition
) -> None:
    page = clash(writing, other, {"en_title": "Mine"}, {"en_title": "Theirs"})
    [question] = questions(page)
    write(other, en_title="Theirs once more")
    again = writing.post(LESSON, sent_back(page) | {question: "theirs", "deed": "merge"})
    assert again.status_code == 409
    assert "It was saved once more meanwhile" in text_of(again)
    assert draft_of(lesson).title == "Theirs once more"
    writing.post(LESSON, sent_back(again) | {question: "theirs", "deed": "merge"})
    assert draft_of(lesson).title == "Theirs once more"


def test_the_outcome_can_be_put_into_the_fields_first(
    writing: Client, other: Client, lesson: Lesson, course: CourseEdition
) -> None:
    page = clash(writing, other, {"en_title": "Mine"}, {"en_title": "Theirs"})
    [question] = questions(page)
    look = writing.post(LESSON, sent_back(page) | {question: "both", "deed": "merge-look"})
    assert look.status_code == 200
    assert lesson_fields(look)["en-title"] == "Theirs Mine"
    assert draft_of(lesson).title == "Theirs"
    assert shown(writing, "en-title") == "Theirs Mine"
    assert writing.post(LESSON, page_fields(writing)).status_code == 302
    assert draft_of(lesson).title == "Theirs Mine"


def test_the_other_language_is_saved_with_it(
    writing: Client, other: Client, lesson: Lesson, course: CourseEdition
) -> None:
    page = clash(writing, other, {"en_title": "Mine", "ar_title": "عُنوانٌ لي"}, {"en_summary": "Theirs"})
    writing.post(LESSON, sent_back(page) | {"deed": "merge"})
    assert draft_of(lesson, "ar").title == "عُنوانٌ لي"
    assert drafts(lesson) == ["ar", "en"]


def test_after_it_was_saved_no_copy_is_left(
    writing: Client, other: Client, instructor: User, course: CourseEdition
) -> None:
    page = clash(writing, other, {"en_title": "Mine"}, {"en_summary": "Theirs"})
    assert copy_of(instructor).is_unsaved
    writing.post(LESSON, sent_back(page) | {"deed": "merge"})
    assert not copy_of(instructor).is_unsaved


def test_words_that_were_begun_from_and_are_not_known_lose_nothing(
    writing: Client, other: Client, lesson: Lesson, course: CourseEdition
) -> None:
    write(other, en_markdown=TEXT)
    opened = page_fields(writing) | {"en-base-id": "nothing of the kind", "en-markdown": TEXT + "\n\nMine."}
    write(other, en_markdown=f"Theirs.\n\n{TEXT}")
    page = writing.post(LESSON, opened)
    assert "not known any more what you began from" in text_of(page)
    writing.post(LESSON, sent_back(page) | {"deed": "merge"})
    assert draft_of(lesson).markdown == f"Theirs.\n\n{TEXT}\n\nMine."


def test_what_others_wrote_is_shown_as_text(writing: Client, other: Client, course: CourseEdition) -> None:
    page = clash(writing, other, {"en_title": f"Mine {SCRIPT}"}, {"en_title": f"Theirs {SCRIPT}"})
    assert SCRIPT not in text_of(page)
