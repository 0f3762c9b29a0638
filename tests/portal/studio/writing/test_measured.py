"""Under a text stands what is counted of it, of what is saved and of what is being typed."""

import pytest
from django.test import Client

from lessons.models import CourseEdition
from tests.portal.studio.people import FIRST, LESSON, text_of, write
from tests.portal.studio.test_live_preview import LIVE, fields, live

pytestmark = pytest.mark.django_db
LONG = "When you see that somebody bleeds you should go and press on it with both hands and you should never let go.\n"


def test_what_is_saved_is_counted_without_a_script(writing: Client, course: CourseEdition) -> None:
    write(writing, en_markdown=f"{FIRST}\n## Press hard\n\n{LONG * 3}")
    html = " ".join(text_of(writing.get(LESSON)).split())
    assert "Sentences are long: split them." in html
    assert "72 words" in html
    assert 'data-line="5" lang="en" dir="auto">Press hard</a>' in html
    assert "3 long sentences" in html


def test_what_is_typed_is_counted_with_the_preview(writing: Client, course: CourseEdition) -> None:
    said = live(writing, markdown=f"{FIRST}\n## Typed heading\n\nTyped words.\n")
    assert "Typed heading" in said["measure"]
    assert "reading level (Flesch–Kincaid): school year" in " ".join(said["measure"].split())


def test_arabic_has_its_own_measure(writing: Client, course: CourseEdition) -> None:
    said = " ".join(live(writing, "ar", markdown="::: first\nاضغطوا بقوة.\n:::\n")["measure"].split())
    assert "reading level (LIX): 2, from 2 words a sentence and 0 long ones in a hundred" in said


def test_it_is_counted_while_there_are_faults(writing: Client, course: CourseEdition) -> None:
    said = live(writing, markdown=f"{FIRST}\n# Too high\n")
    assert said["page"] is None
    assert "Too high" in said["measure"]


def test_words_of_a_heading_are_words(writing: Client, course: CourseEdition) -> None:
    said = live(writing, markdown=f"{FIRST}\n## `<script>alert(1)</script>`\n")
    assert "<script" not in said["measure"]


def test_where_nobody_looks_at_the_page_none_is_made(writing: Client, course: CourseEdition) -> None:
    said = writing.post(LIVE, fields(writing, markdown=FIRST) | {"closed": "1"}).json()
    assert said["page"] is None
    assert "words" in said["measure"]


def test_what_was_refused_is_counted_as_it_was_typed(writing: Client, course: CourseEdition) -> None:
    response = write(writing, en_title="", en_markdown=f"{FIRST}\n## Kept heading\r\n")
    assert response.status_code == 422
    assert 'dir="auto">Kept heading</a>' in text_of(response)
