"""On the studio's first page each of one's drafts says what it still lacks."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.models import CourseEdition, Lesson, LessonText, Revision
from portal.accounts.models import User
from tests.factories import LessonFactory, RevisionFactory
from tests.portal.studio.people import (
    FIRST,
    HOME,
    draft_of,
    release_url,
    send_to_review,
    text_of,
    write,
)

pytestmark = pytest.mark.django_db


def begun(author: User, key: str = "burns", markdown: str = FIRST, **more: str) -> Lesson:
    """A lesson without a question, of which this person has a draft in English."""
    lesson: Lesson = LessonFactory(key=key, slug=key, source_language="en")
    for language, words in {"en": markdown, **more}.items():
        text = LessonText.objects.create(lesson=lesson, language=language)
        RevisionFactory(text=text, title=key.title(), markdown=words, number=1, author=author, state="draft")
    return lesson


def works(client: Client, page: str = "") -> list[Any]:
    return list(client.get(f"{HOME}{page}").context["drafts"])


def lacks(client: Client) -> list[str]:
    """What the first lesson lacks."""
    return [lack.said for lack in works(client)[0].lacks]


def test_a_draft_that_lacks_nothing_says_so(writing: Client, course: CourseEdition) -> None:
    write(writing, en_markdown=FIRST, ar_markdown="::: first\nاضغطوا.\n:::", ar_matches="on")
    assert lacks(writing) == []
    assert "Nothing is missing: it can be sent to review." in text_of(writing.get(HOME))


def test_a_translation_that_is_behind_is_named(writing: Client, course: CourseEdition) -> None:
    write(writing, en_title="New")
    assert lacks(writing) == ["Arabic is behind what is written in English"]


def test_a_missing_translation_and_missing_questions_are_named(writing: Client, instructor: User) -> None:
    begun(instructor)
    assert lacks(writing) == ["Not written in Arabic yet", "No question yet", "It stands in no course yet"]


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("", "English: the text is still empty"),
        ("# Too high", "English: 2 faults in the text"),
        (f"{FIRST}\n[x](http://e.org)\n", "English: 1 fault in the text"),
        (f"{FIRST}\n![a hand](figures/no.svg)\n", "English: 1 fault in the text"),
    ],
)
def test_faults_in_the_text_are_counted(writing: Client, instructor: User, markdown: str, said: str) -> None:
    begun(instructor, markdown=markdown, ar=FIRST)
    assert said in lacks(writing)


def test_a_picture_without_words_is_told_from_other_faults(writing: Client, instructor: User) -> None:
    begun(instructor, markdown=f"{FIRST}\n![](figures/a.svg)\n\n![](figures/b.svg){{decorative}}\n", ar=FIRST)
    assert lacks(writing) == [
        "English: 2 faults in the text",
        "English: 1 picture says nothing to those who cannot see it",
        "No question yet",
        "It stands in no course yet",
    ]


def test_each_lack_leads_to_where_it_is_mended(writing: Client, instructor: User) -> None:
    begun(instructor)
    assert [lack.url for lack in works(writing)[0].lacks] == [
        "/en/studio/lessons/burns/translate/ar/",
        "/en/studio/lessons/burns/#questions",
        "/en/studio/lessons/burns/place/",
    ]


def test_what_was_sent_back_stands_there_with_the_reviewers_last_comment(
    writing: Client, reviewing: Client, course: CourseEdition
) -> None:
    write(writing, en_title="New")
    release = send_to_review(writing)
    reviewing.post(release_url(release, "send-back/"), {"text": "Page 4 says 5 cm."})
    work = works(writing)[0]
    assert [comment.text for comment in work.sent_back] == ["Page 4 says 5 cm."]
    html = text_of(writing.get(HOME))
    assert "Page 4 says 5 cm." in html
    assert release_url(release) in html


def test_a_comment_on_what_was_not_sent_back_is_no_reason(writing: Client, course: CourseEdition) -> None:
    write(writing, en_title="New")
    release = send_to_review(writing)
    writing.post(release_url(release, "comment/"), {"text": "Please look at page 4."})
    writing.post(release_url(release, "withdraw/"))
    assert draft_of(Lesson.objects.get())
    assert works(writing)[0].sent_back == []


def test_the_lesson_that_was_saved_last_comes_first(writing: Client, instructor: User) -> None:
    for days, key in ((2, "older"), (1, "newer"), (3, "oldest")):
        lesson = begun(instructor, key)
        at = timezone.now() - timedelta(days=days)
        Revision.objects.filter(text__lesson=lesson).update(saved_at=at)
    assert [work.group.title for work in works(writing)] == ["Newer", "Older", "Oldest"]


def test_many_lessons_take_pages(writing: Client, instructor: User) -> None:
    for number in range(9):
        begun(instructor, f"lesson-{number}")
    assert len(works(writing)) == 8
    assert len(works(writing, "?page=2")) == 1
    assert "?page=2#drafts" in text_of(writing.get(HOME))
    assert len(works(writing, "?page=nonsense")) == 8


def test_more_lessons_cost_no_more_queries(writing: Client, instructor: User) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as counted:
            writing.get(HOME)
        return len(counted)

    begun(instructor, "one")
    once = cost()
    for number in range(5):
        begun(instructor, f"more-{number}", ar=FIRST)
    assert cost() == once


def test_another_persons_lesson_is_not_listed(writing: Client, reviewer: User) -> None:
    begun(reviewer)
    assert works(writing) == []
    assert "You have no draft." in text_of(writing.get(HOME))
