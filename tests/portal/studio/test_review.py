"""A reviewer reads what is new beside what is published, and publishes it or sends it back."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lessons.models import CourseEdition, Lesson, Revision, State
from portal.accounts.models import RoleGrant, User
from portal.studio.models import Comment, Release
from portal.studio.releases import publish_due
from quizzes.models import QuestionText, QuestionVersion
from tests.factories import SINGLE, published_question
from tests.portal.studio.people import (
    FIRST,
    HOME,
    LESSON,
    SCRIPT,
    compose,
    draft_of,
    publish,
    release_url,
    send_to_review,
    staff,
    text_of,
    write,
)

pytestmark = pytest.mark.django_db

PAGE = "/en/courses/first-aid/bleeding/"


@pytest.fixture
def release(writing: Client, lesson: Lesson, course: CourseEdition) -> Release:
    """A new English text and a question with another wording, in review."""
    write(writing, en_title="Severe bleeding, stopped", en_markdown=FIRST)
    compose(writing, published_question(lesson, key="Q-new").question, stem_en="Blood spurts from an arm. What first?")
    return send_to_review(writing)


def words_of(html: str) -> str:
    return " ".join(html.split())


# Reading


def test_it_waits_on_the_reviewers_first_page(reviewing: Client, release: Release) -> None:
    assert release_url(release) in text_of(reviewing.get(HOME))


def test_what_changes_is_shown_word_by_word(reviewing: Client, release: Release) -> None:
    html = words_of(text_of(reviewing.get(release_url(release))))
    assert '<del><bdi class="visually-hidden">removed: </bdi>hard. </del>' in html
    assert '<ins><bdi class="visually-hidden">added: </bdi>with both hands. </ins>' in html
    assert '<ins><bdi class="visually-hidden">added: </bdi>an arm. </ins>' in html


def test_the_new_text_is_rendered_beside_the_published_one(reviewing: Client, release: Release) -> None:
    text = reviewing.get(release_url(release)).context["review"].texts[0]
    assert "Press with both hands." in text.html
    assert text.before == "<p>Severe bleeding</p>"


def test_questions_are_shown_with_their_key(reviewing: Client, release: Release) -> None:
    question = reviewing.get(release_url(release)).context["review"].questions[0]
    assert [(option.text, option.right) for option in question.shown[0].options] == [
        ("Press hard", True),
        ("Wait for help", False),
        ("Wash the wound", False),
    ]


def test_another_key_shows_in_what_changes(
    writing: Client, reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    whys = {"option_0_why_en": "No.", "option_0_why_ar": "لا.", "option_1_why_en": "", "option_1_why_ar": ""}
    compose(writing, published_question(lesson, key="Q-new").question, right="1", critical="on", **whys)
    html = words_of(text_of(reviewing.get(release_url(send_to_review(writing)))))
    assert "Right:" in html
    assert "not critical until now" in html


ARABIC = {
    "stem_ar": "سؤال",
    "explanation_ar": "شرح",
    "option_0_text_ar": "أ",
    "option_1_text_ar": "ب",
    "option_1_why_ar": "لا",
    "option_2_text_ar": "ج",
    "option_2_why_ar": "لا",
}


def test_a_text_that_is_new_in_its_language_says_so(
    writing: Client, reviewing: Client, course: CourseEdition, lesson: Lesson
) -> None:
    english = SINGLE | {"words": {"en": SINGLE["words"]["en"]}}
    compose(writing, published_question(lesson, english, key="Q-new").question, **ARABIC)
    assert "All of it is new." in text_of(reviewing.get(release_url(send_to_review(writing))))


# Publishing


def test_publishing_shows_it_to_readers_at_once(reviewing: Client, reviewer: User, release: Release) -> None:
    guest = Client()
    assert "stopped" not in text_of(guest.get(PAGE))
    response = publish(reviewing, release)
    assert response.headers["Location"] == release_url(release)
    assert f'href="{PAGE}"' in text_of(reviewing.get(release_url(release)))
    release.refresh_from_db()
    assert (release.state, release.reviewer) == (Release.State.PUBLISHED, reviewer)
    assert Revision.objects.get(text__lesson__slug="bleeding", text__language="en", state="published").number == 2


def test_publishing_twice_publishes_once(reviewing: Client, release: Release) -> None:
    assert [publish(reviewing, release).status_code for _ in range(2)] == [302, 302]
    assert "published already" in text_of(reviewing.get(release_url(release)))
    assert Revision.objects.filter(state=State.PUBLISHED).count() == 2


def test_the_facts_must_be_said_to_be_checked(reviewing: Client, release: Release) -> None:
    response = reviewing.post(release_url(release, "publish/"), {})
    assert response.status_code == 422
    assert "3 points are not ticked yet" in text_of(response)
    release.refresh_from_db()
    assert release.state == Release.State.IN_REVIEW


def test_the_author_has_no_button_and_is_refused(client: Client, lesson: Lesson, course: CourseEdition) -> None:
    client.force_login(staff("Both", RoleGrant.Role.INSTRUCTOR, RoleGrant.Role.REVIEWER))
    write(client, en_title="Mine", en_markdown=FIRST)
    release = send_to_review(client)
    page = text_of(client.get(release_url(release)))
    assert "Somebody else must review this" in page
    assert release_url(release, "publish/") not in page
    assert release_url(release, "send-back/") not in page
    for deed, fields in (("publish/", {"ticks": ["facts"]}), ("send-back/", {"text": "No"})):
        response = client.post(release_url(release, deed), fields)
        assert response.status_code == 409
        assert "Somebody else must review this" in text_of(response)
    release.refresh_from_db()
    assert release.state == Release.State.IN_REVIEW


def test_who_wrote_a_part_earlier_does_not_review_it(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    """Also where somebody else saved it last."""
    both = Client()
    both.force_login(staff("Both", RoleGrant.Role.INSTRUCTOR, RoleGrant.Role.REVIEWER))
    write(both, en_title="Mine", en_markdown=FIRST)
    write(writing, en_summary="And a summary")
    release = send_to_review(writing)
    assert publish(both, release).status_code == 409


def test_an_instructor_cannot_publish(writing: Client, release: Release) -> None:
    other = Client()
    other.force_login(staff("Omar", RoleGrant.Role.INSTRUCTOR))
    assert publish(other, release).status_code == 403
    assert release_url(release, "publish/") not in text_of(other.get(release_url(release)))


def test_what_has_become_unready_says_why(writing: Client, reviewing: Client, release: Release) -> None:
    Revision.objects.filter(state=State.IN_REVIEW).update(markdown="No block")
    response = publish(reviewing, release)
    assert response.status_code == 409
    assert "must begin with the block" in text_of(response)
    assert f'href="{LESSON}#en"' in text_of(response)


def test_a_withdrawn_release_is_not_published(writing: Client, reviewing: Client, release: Release) -> None:
    writing.post(release_url(release, "withdraw/"))
    response = publish(reviewing, release)
    assert response.status_code == 409
    assert "This release is now: Withdrawn." in text_of(response)


# At a time


def test_it_goes_out_at_the_time_that_was_chosen(reviewing: Client, release: Release) -> None:
    at = timezone.now() + timedelta(days=2)
    assert publish(reviewing, release, publish_at=at.strftime("%Y-%m-%dT%H:%M")).status_code == 302
    release.refresh_from_db()
    assert release.state == Release.State.APPROVED
    assert "It goes out by itself" in text_of(reviewing.get(release_url(release)))
    publish_due(at + timedelta(minutes=1))
    release.refresh_from_db()
    assert release.state == Release.State.PUBLISHED


@pytest.mark.parametrize(
    ("typed", "status", "message"),
    [
        ("2020-01-01T08:00", 409, "This time is over already"),
        ("tomorrow", 422, "Write a day and a time"),
        ("9999999999-01-01T08:00", 422, "Write a day and a time"),
        (SCRIPT, 422, "Write a day and a time"),
    ],
)
def test_a_time_that_cannot_be_is_refused_beside_its_field(
    reviewing: Client, release: Release, typed: str, status: int, message: str
) -> None:
    response = publish(reviewing, release, publish_at=typed)
    assert response.status_code == status
    assert message in str(response.context["publish_form"]["publish_at"].errors)
    assert SCRIPT not in text_of(response)
    release.refresh_from_db()
    assert release.state == Release.State.IN_REVIEW


# Sending back


def test_it_is_sent_back_with_a_comment_and_sent_again(
    writing: Client, reviewing: Client, lesson: Lesson, release: Release
) -> None:
    reviewing.post(release_url(release, "send-back/"), {"text": "Name the source."})
    assert draft_of(lesson).title == "Severe bleeding, stopped"
    assert "Sent back" in text_of(writing.get(HOME))
    page = writing.get(release_url(release, "edit/"))
    assert "Name the source." in text_of(page)
    write(writing, en_summary="With a source")
    picks = sorted(page.context["form"].ticked)
    assert writing.post(release_url(release, "edit/"), {"title": "Again", "picks": picks}).status_code == 302
    release.refresh_from_db()
    assert (release.state, release.title) == (Release.State.IN_REVIEW, "Again")
    assert release.revisions.get().summary == "With a source"


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_sending_back_needs_a_comment(reviewing: Client, release: Release, text: str) -> None:
    response = reviewing.post(release_url(release, "send-back/"), {"text": text})
    assert response.status_code == 422
    release.refresh_from_db()
    assert release.state == Release.State.IN_REVIEW


def test_what_is_missing_is_said_at_the_top_of_a_long_page(reviewing: Client, release: Release) -> None:
    response = reviewing.post(release_url(release, "send-back/"), {"text": ""})
    top = response.content.decode().partition("studio-review")[0]
    assert '<a href="#id_text">Comment</a>: Say what is to be changed' in " ".join(top.split())


def test_sending_back_twice_sends_back_once(reviewing: Client, release: Release) -> None:
    statuses = [reviewing.post(release_url(release, "send-back/"), {"text": "No."}).status_code for _ in range(2)]
    assert statuses == [302, 409]
    assert Comment.objects.filter(release=release).count() == 1


def test_what_is_sent_back_may_take_in_more(
    writing: Client, reviewing: Client, lesson: Lesson, release: Release
) -> None:
    reviewing.post(release_url(release, "send-back/"), {"text": "The Arabic too."})
    write(writing, ar_title="وقف النزف", ar_markdown=FIRST)
    page = writing.get(release_url(release, "edit/"))
    assert len(page.context["form"].ticked) == 2
    assert f'value="text-{draft_of(lesson, "ar").pk}"' in text_of(page)


def test_nobody_else_sends_it_again(reviewing: Client, release: Release) -> None:
    reviewing.post(release_url(release, "send-back/"), {"text": "No."})
    other = Client()
    other.force_login(staff("Omar", RoleGrant.Role.INSTRUCTOR))
    assert other.get(release_url(release, "edit/")).status_code == 404


# Comments


def test_anyone_in_the_studio_may_comment_and_a_double_click_comments_once(writing: Client, release: Release) -> None:
    for _ in range(2):
        writing.post(release_url(release, "comment/"), {"text": f"See page 4. {SCRIPT}"})
    html = text_of(writing.get(release_url(release)))
    assert "See page 4." in html
    assert SCRIPT not in html
    assert Comment.objects.get().sent_back is False


def test_an_empty_comment_is_refused(writing: Client, release: Release) -> None:
    assert writing.post(release_url(release, "comment/"), {}).status_code == 422


# What is in the middle


def test_a_sitting_in_the_middle_goes_on_with_what_it_began_with(reviewing: Client, release: Release) -> None:
    version = QuestionVersion.objects.get(question__key="Q-new")
    before: Any = QuestionText.objects.get(version=version, language="en", state=State.PUBLISHED)
    publish(reviewing, release)
    before.refresh_from_db()
    assert (before.state, before.words["stem"]) == (State.SUPERSEDED, SINGLE["words"]["en"]["stem"])
