"""What is said beside a paragraph: it stays with its words, is answered, settled, and goes back with the release."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lessons.models import Lesson, Revision
from portal.accounts.models import AuditEntry, User
from portal.studio.models import Comment, Release
from portal.studio.review.remarks import Remark, placed
from tests.factories import UserFactory
from tests.portal.studio.people import LESSON, SCRIPT, question_url, release_url, text_of, write

pytestmark = pytest.mark.django_db


def place_of(revision: Revision, block: int = 1) -> str:
    return f"text-{revision.pk}-{block}"


def say(client: Client, release: Release, place: str, text: str = "Ten is too long.") -> Comment:
    response = client.post(release_url(release, "remark/"), {"place": place, "text": text})
    assert response.status_code == 302, text_of(response)
    return Comment.objects.latest("pk")


def test_a_remark_keeps_the_words_it_is_about(
    reviewing: Client, reviewer: User, release: Release, revision: Revision
) -> None:
    said = say(reviewing, release, place_of(revision))
    assert (said.lesson_text_id, said.block, said.author) == (revision.text_id, 1, reviewer)
    assert said.quote == "Call for help within 10 minutes."


def test_it_stands_beside_its_paragraph(reviewing: Client, release: Release, revision: Revision) -> None:
    say(reviewing, release, place_of(revision))
    [text] = reviewing.get(release_url(release)).context["texts"]
    beside = {
        each.name: [remark.comment.text for remark in each.remarks] for each in text.blocks.paragraphs if each.name
    }
    assert beside == {place_of(revision, 0): [], place_of(revision, 1): ["Ten is too long."]}


def test_it_stands_beside_a_question(reviewing: Client, release: Release) -> None:
    question = release.texts.get().version.question
    said = say(reviewing, release, f"question-{question.pk}")
    assert (said.question, said.quote) == (question, "Blood spurts from an arm. What first?")
    assert "Ten is too long." in text_of(reviewing.get(release_url(release)))


def test_sent_twice_it_is_kept_once(reviewing: Client, release: Release, revision: Revision) -> None:
    for _each in range(2):
        say(reviewing, release, place_of(revision))
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("place", ["", "text", "text-1", "text-x-1", "text-99999-0", "question-99999", "nothing-1"])
def test_a_place_that_is_not_there_is_refused_and_nothing_typed_is_lost(
    reviewing: Client, release: Release, place: str
) -> None:
    response = reviewing.post(release_url(release, "remark/"), {"place": place, "text": "Typed for an hour"})
    assert response.status_code in {409, 422}
    assert "Typed for an hour" in text_of(response)
    assert not Comment.objects.exists()


def test_an_empty_remark_is_refused(reviewing: Client, release: Release, revision: Revision) -> None:
    response = reviewing.post(release_url(release, "remark/"), {"place": place_of(revision), "text": " "})
    assert response.status_code == 422
    assert "Write what you want to say first." in text_of(response)


def test_what_is_typed_is_shown_and_never_run(reviewing: Client, release: Release, revision: Revision) -> None:
    say(reviewing, release, place_of(revision), SCRIPT)
    page = text_of(reviewing.get(release_url(release)))
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page


def test_a_citizen_says_nothing(release: Release, revision: Revision) -> None:
    citizen = Client()
    citizen.force_login(UserFactory())
    assert citizen.post(release_url(release, "remark/"), {"place": place_of(revision), "text": "x"}).status_code == 403


def test_the_author_sees_it_at_the_text_and_at_the_question(
    reviewing: Client, writing: Client, release: Release, revision: Revision
) -> None:
    question = release.texts.get().version.question
    say(reviewing, release, place_of(revision), "About the paragraph")
    say(reviewing, release, f"question-{question.pk}", "About the question")
    page = text_of(writing.get(LESSON))
    assert "About the paragraph" in page
    assert "About the question" in page
    assert "About the question" in text_of(writing.get(question_url(question)))


def test_it_is_answered_and_settled(
    reviewing: Client, writing: Client, instructor: User, release: Release, revision: Revision
) -> None:
    said = say(reviewing, release, place_of(revision))
    writing.post(f"/en/studio/remarks/{said.pk}/answer/", {"text": "Now it is five."})
    assert said.answered_by.get().author == instructor
    reviewing.post(f"/en/studio/remarks/{said.pk}/settle/")
    page = text_of(reviewing.get(release_url(release)))
    assert "Now it is five." in page
    assert "Settled" in page
    assert "Ten is too long." not in text_of(writing.get(LESSON))
    assert AuditEntry.objects.filter(deed="remark.resolved").exists()


def test_what_was_settled_is_opened_again(reviewing: Client, release: Release, revision: Revision) -> None:
    said = say(reviewing, release, place_of(revision))
    for fields in ({}, {"again": "1"}):
        reviewing.post(f"/en/studio/remarks/{said.pk}/settle/", fields)
    said.refresh_from_db()
    assert (said.resolved_at, said.resolved_by) == (None, None)


def test_an_answer_is_not_answered(reviewing: Client, release: Release, revision: Revision) -> None:
    said = say(reviewing, release, place_of(revision))
    reviewing.post(f"/en/studio/remarks/{said.pk}/answer/", {"text": "First"})
    answer = said.answered_by.get()
    assert reviewing.post(f"/en/studio/remarks/{answer.pk}/answer/", {"text": "Second"}).status_code == 404


def test_a_release_is_sent_back_with_its_remarks_alone(
    reviewing: Client, writing: Client, release: Release, revision: Revision
) -> None:
    say(reviewing, release, place_of(revision))
    assert reviewing.post(release_url(release, "send-back/"), {"text": ""}).status_code == 302
    page = text_of(writing.get(release_url(release, "edit/")))
    assert "See the remark beside the text." in page
    assert "Ten is too long." in page


def test_without_a_remark_a_word_of_why_is_needed(reviewing: Client, release: Release) -> None:
    assert reviewing.post(release_url(release, "send-back/"), {"text": ""}).status_code == 422


def test_it_follows_its_paragraph_when_the_text_is_mended(
    reviewing: Client, writing: Client, release: Release, revision: Revision, lesson: Lesson
) -> None:
    say(reviewing, release, place_of(revision))
    reviewing.post(release_url(release, "send-back/"), {"text": "See there"})
    write(
        writing, en_markdown="::: first\nPress with both hands.\n:::\n\nStay calm.\n\nCall for help within 5 minutes.\n"
    )
    [text] = writing.get(release_url(release)).context["texts"]
    assert [bool(each.remarks) for each in text.blocks.paragraphs if each.name] == [False, False, True]


def test_it_stays_readable_when_its_words_are_gone(reviewing: Client, release: Release, revision: Revision) -> None:
    said = say(reviewing, release, place_of(revision))
    beside, lost = placed([Remark(said)], ["Something else entirely stands here now."])
    assert (beside, [remark.comment for remark in lost]) == ({}, [said])


def test_of_two_paragraphs_with_the_same_words_it_is_the_one_it_was_written_at(release: Release) -> None:
    said = Comment(release=release, text="This one", block=2, quote="Press.")
    beside, _lost = placed([Remark(said)], ["Press.", "Call.", "Press."])
    assert list(beside) == [2]


def test_the_page_takes_as_many_queries_for_many_remarks_as_for_one(
    reviewing: Client, release: Release, revision: Revision
) -> None:
    say(reviewing, release, place_of(revision))
    with CaptureQueriesContext(connection) as one:
        reviewing.get(release_url(release))
    for number in range(5):
        say(reviewing, release, place_of(revision), f"Remark {number}")
    with CaptureQueriesContext(connection) as many:
        reviewing.get(release_url(release))
    assert len(many) == len(one)
    assert len(one) < 60
