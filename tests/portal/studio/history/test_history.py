"""Every saved state of a text and a question, any two compared, and the way back through review."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lessons.models import CourseEdition, Lesson, Revision, RevisionSource, Source, State
from portal.accounts.models import AuditEntry
from portal.studio.models import Release
from quizzes.models import QuestionVersion
from tests.factories import UserFactory, published_question
from tests.portal.studio.people import LESSON, compose, draft_of, drafts, publish, send_to_review, text_of, write

pytestmark = pytest.mark.django_db

HISTORY = f"{LESSON}history/"
BOTH_HANDS, ONE_HAND = ("::: first\nPress with both hands.\n:::\n", "::: first\nPress with one hand.\n:::\n")


def out_with(writing: Client, reviewing: Client, markdown: str) -> Revision:
    """The text, written and published."""
    write(writing, en_markdown=markdown)
    assert publish(reviewing, send_to_review(writing)).status_code == 302
    return Revision.objects.get(text__language="en", state=State.PUBLISHED)


@pytest.fixture
def two(writing: Client, reviewing: Client, lesson: Lesson, course: CourseEdition) -> tuple[Revision, Revision]:
    """The text of before, and the one of now."""
    before = out_with(writing, reviewing, BOTH_HANDS)
    return before, out_with(writing, reviewing, ONE_HAND)


def begin(client: Client, revision: Revision, **fields: str) -> Any:
    return client.post(f"{HISTORY}{revision.pk}/begin/", fields)


def test_each_state_is_listed_with_who_wrote_and_who_reviewed_it(
    reviewing: Client, two: tuple[Revision, Revision]
) -> None:
    response = reviewing.get(HISTORY)
    assert [row.number for row in response.context["page"]] == [3, 2, 1]
    page = text_of(response)
    assert "written by Iman" in page
    assert "reviewed by Rana" in page
    assert "Press with both hands" in page  # the title of the release that it went out in


def test_each_language_has_its_own(reviewing: Client, two: tuple[Revision, Revision]) -> None:
    assert [row.number for row in reviewing.get(f"{HISTORY}?language=ar").context["page"]] == [1]


def test_a_long_history_comes_in_pages_and_takes_no_more_queries(
    reviewing: Client, two: tuple[Revision, Revision]
) -> None:
    reviewing.get(HISTORY)
    with CaptureQueriesContext(connection) as short:
        reviewing.get(HISTORY)
    text = two[0].text
    Revision.objects.bulk_create(
        Revision(
            text=text, number=number, title=f"Number {number}", state=State.SUPERSEDED, published_at=two[0].published_at
        )
        for number in range(10, 50)
    )
    with CaptureQueriesContext(connection) as long:
        response = reviewing.get(HISTORY)
    assert len(response.context["page"]) == 20
    assert len(long) <= len(short)


def test_two_texts_are_compared_as_readers_saw_them(reviewing: Client, two: tuple[Revision, Revision]) -> None:
    before, now = two
    page = " ".join(text_of(reviewing.get(f"{HISTORY}compare/?old={before.pk}&new={now.pk}")).split())
    assert '<del><span class="visually-hidden">removed: </span>both</del>' in page
    assert '<ins><span class="visually-hidden">added: </span>one</ins>' in page


def test_the_older_one_always_stands_first(reviewing: Client, two: tuple[Revision, Revision]) -> None:
    before, now = two
    both = reviewing.get(f"{HISTORY}compare/?old={now.pk}&new={before.pk}").context["both"]
    assert (both.old, both.new) == (before, now)


@pytest.mark.parametrize("query", ["", "?old=x&new=1", "?old=999999&new=999998"])
def test_what_cannot_be_compared_is_said(reviewing: Client, two: tuple[Revision, Revision], query: str) -> None:
    response = reviewing.get(f"{HISTORY}compare/{query}", follow=True)
    assert "Choose two different texts" in text_of(response)


def test_two_languages_are_not_compared(reviewing: Client, two: tuple[Revision, Revision]) -> None:
    arabic = Revision.objects.get(text__language="ar")
    assert reviewing.get(f"{HISTORY}compare/?old={arabic.pk}&new={two[1].pk}").status_code == 302


def test_a_draft_begins_from_a_former_text_with_its_sources(
    writing: Client, lesson: Lesson, two: tuple[Revision, Revision]
) -> None:
    before, _now = two
    assert begin(writing, before).headers["Location"] == LESSON
    draft = draft_of(lesson)
    assert draft.markdown.strip() == BOTH_HANDS.strip()
    assert draft.number > 3
    assert AuditEntry.objects.get(deed="draft.begun_from").detail["revision"] == before.pk


def test_its_sources_come_back_with_it(
    writing: Client, reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    write(writing, en_markdown=BOTH_HANDS)
    source = Source.objects.create(key="RCUK25", title="Guidelines", publisher="RCUK", year=2025)
    RevisionSource.objects.create(revision=draft_of(lesson), source=source, note="Page 4")
    publish(reviewing, send_to_review(writing))
    before = Revision.objects.get(text__language="en", state=State.PUBLISHED)
    write(writing, en_markdown=ONE_HAND)
    draft_of(lesson).citations.all().delete()
    publish(reviewing, send_to_review(writing))
    begin(writing, before)
    assert [(row.source, row.note) for row in draft_of(lesson).citations.all()] == [(source, "Page 4")]


def test_a_draft_in_the_way_is_never_lost(writing: Client, lesson: Lesson, two: tuple[Revision, Revision]) -> None:
    write(writing, en_markdown="::: first\nA week of work.\n:::\n")
    response = begin(writing, two[0])
    assert response.headers["Location"] == HISTORY
    assert "A week of work." in draft_of(lesson).markdown


def test_a_text_in_review_is_not_touched(writing: Client, lesson: Lesson, two: tuple[Revision, Revision]) -> None:
    write(writing, en_markdown="::: first\nIn review.\n:::\n")
    send_to_review(writing)
    begin(writing, two[0])
    assert (
        Revision.objects.get(text__lesson=lesson, state=State.IN_REVIEW)
        .markdown.strip()
        .startswith("::: first\nIn review")
    )


def test_going_back_to_what_is_there_begins_nothing(
    writing: Client, lesson: Lesson, two: tuple[Revision, Revision]
) -> None:
    begin(writing, two[1])
    assert drafts(lesson) == []


def test_a_reviewer_sends_it_back_to_review_in_one_step_and_another_publishes_it(
    reviewing: Client, writing: Client, lesson: Lesson, two: tuple[Revision, Revision]
) -> None:
    before, _now = two
    response = begin(reviewing, before, deed="release")
    release = Release.objects.latest("pk")
    assert response.headers["Location"] == f"/en/studio/releases/{release.pk}/"
    assert (release.state, release.revisions.get().markdown.strip()) == (Release.State.IN_REVIEW, BOTH_HANDS.strip())
    assert publish(reviewing, release).status_code == 409


def test_a_citizen_sees_no_history(lesson: Lesson, course: CourseEdition) -> None:
    citizen = Client()
    citizen.force_login(UserFactory())
    assert citizen.get(HISTORY).status_code == 403


# Questions


@pytest.fixture
def versions(
    writing: Client, reviewing: Client, lesson: Lesson, course: CourseEdition
) -> tuple[QuestionVersion, QuestionVersion]:
    """The version of before, and the one of now with another key."""
    former = published_question(lesson, key="Q-new")
    whys = {"option_0_why_en": "No.", "option_0_why_ar": "لا.", "option_1_why_en": "", "option_1_why_ar": ""}
    compose(writing, former.question, right="1", **whys)
    publish(reviewing, send_to_review(writing))
    former.refresh_from_db()
    return former, QuestionVersion.objects.get(question=former.question, state=State.PUBLISHED)


QUESTION = f"{LESSON}questions/Q-new/history/"


def test_versions_of_a_question_are_listed_with_what_was_different(
    reviewing: Client, versions: tuple[QuestionVersion, QuestionVersion]
) -> None:
    response = reviewing.get(QUESTION)
    assert [line.version.number for line in response.context["lines"]] == [2, 1]
    assert response.context["lines"][0].changes


def test_a_question_goes_back_to_a_former_version(
    writing: Client, versions: tuple[QuestionVersion, QuestionVersion]
) -> None:
    former, _now = versions
    assert writing.post(f"{QUESTION}{former.pk}/begin/").status_code == 302
    draft = QuestionVersion.objects.get(question=former.question, state=State.DRAFT)
    assert draft.answer_key == former.answer_key
    assert {text.language for text in draft.texts.all()} == {"en", "ar"}


def test_a_draft_of_the_question_is_never_lost(
    writing: Client, versions: tuple[QuestionVersion, QuestionVersion]
) -> None:
    former, _now = versions
    compose(writing, former.question, stem_en="A week of work?")
    response = writing.post(f"{QUESTION}{former.pk}/begin/", follow=True)
    assert "There is a draft already" in text_of(response)


def test_a_version_of_another_question_is_not_found(
    writing: Client, lesson: Lesson, versions: tuple[QuestionVersion, QuestionVersion]
) -> None:
    other = published_question(lesson, key="Q-other")
    assert writing.post(f"{QUESTION}{other.pk}/begin/").status_code == 404
