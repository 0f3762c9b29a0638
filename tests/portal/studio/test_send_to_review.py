"""An instructor sends drafts to review together, and takes them back."""

from typing import Any

import pytest
from django.test import Client

from lessons.models import CourseEdition, Lesson, LocalFactValue, Revision, State
from portal.accounts.models import AuditEntry, RoleGrant, User
from portal.studio.models import Release
from quizzes.models import QuestionText, QuestionVersion
from tests.factories import LocalFactFactory, published_question
from tests.portal.studio.people import (
    FIRST,
    LESSON,
    SCRIPT,
    SEND,
    compose,
    draft_of,
    drafts,
    lesson_fields,
    publish,
    question_fields,
    question_url,
    release_url,
    send_to_review,
    staff,
    text_of,
    write,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(writing: Client, lesson: Lesson, course: CourseEdition) -> Lesson:
    """The lesson with an English draft and with a question that is critical from now on."""
    write(writing, en_title="Stop the blood", en_markdown=FIRST)
    compose(writing, published_question(lesson, key="Q-new").question, critical="on")
    return lesson


def test_every_draft_of_the_course_is_ticked(writing: Client, written: Lesson) -> None:
    page = writing.get(SEND)
    html = text_of(page)
    assert (html.count('name="picks"'), len(page.context["form"].ticked)) == (2, 2)
    assert "Text in English, draft 2" in html
    assert "Q-new: Blood spurts from a leg." in html


def test_what_is_ticked_goes_to_review_together(writing: Client, instructor: User, written: Lesson) -> None:
    release = send_to_review(writing, "Both hands")
    assert (release.state, release.author, release.title) == (Release.State.IN_REVIEW, instructor, "Both hands")
    assert [revision.state for revision in release.revisions.all()] == [State.IN_REVIEW]
    assert [version.state for version in release.versions.all()] == [State.IN_REVIEW]
    assert sorted(text.language for text in release.texts.all()) == ["ar", "en"]
    assert AuditEntry.objects.filter(deed="release.submitted", actor=instructor).count() == 1


def test_what_is_not_ticked_stays_a_draft(writing: Client, written: Lesson) -> None:
    pick = f"text-{draft_of(written).pk}"
    writing.post(SEND, {"title": "Only the text", "picks": [pick]})
    assert not Release.objects.get().versions.exists()
    assert QuestionVersion.objects.filter(state=State.DRAFT).exists()


def test_sending_the_same_form_twice_makes_one_release(writing: Client, written: Lesson) -> None:
    sent = {"title": "Once", "picks": sorted(writing.get(SEND).context["form"].ticked)}
    assert [writing.post(SEND, sent).status_code for _ in range(2)] == [302, 422]
    assert Release.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "This field is required."),
        ({"picks": []}, "Choose at least one draft."),
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"note": "x" * 4001}, "at most 4000 characters"),
        ({"picks": ["text-0"]}, "A draft is no longer there"),
        ({"picks": [SCRIPT]}, "A draft is no longer there"),
    ],
)
def test_a_form_that_cannot_be_taken_says_why_and_keeps_what_was_typed(
    writing: Client, written: Lesson, fields: dict[str, Any], message: str
) -> None:
    sent = {"title": "Typed", "note": "A long note", "picks": [f"text-{draft_of(written).pk}"]} | fields
    response = writing.post(SEND, sent if fields else {})
    assert response.status_code == 422
    assert message in text_of(response)
    assert not fields or "A long note" in text_of(response) or "x" * 4001 in text_of(response)
    assert not Release.objects.exists()


def test_what_is_not_ready_is_listed_with_the_way_to_it(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    write(writing, en_markdown="::: first\nPress.\n:::\n\n::: steps\nno list\n:::")
    response = writing.post(SEND, {"title": "Too early", "picks": [f"text-{draft_of(lesson).pk}"]})
    html = text_of(response)
    assert response.status_code == 422
    assert f'href="{LESSON}#en"' in html
    assert "The block “steps” holds one numbered list" in html
    assert "line 5" in html
    assert "Too early" in html
    assert not Release.objects.exists()
    assert drafts(lesson) == ["en"]


def test_reasons_about_questions_lead_to_them(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    question = published_question(lesson, key="Q-new").question
    compose(writing, question, stem_en="Call {fact:nobody-knows}", stem_ar="اتصلوا {fact:nobody-knows}")
    response = writing.post(SEND, {"title": "Too early", "picks": [f"question-{question.pk}"]})
    html = text_of(response)
    assert response.status_code == 422
    assert html.count(f'href="{question_url(question)}"') >= 2
    assert "There is no local fact “nobody-knows”" in html


def test_scripts_in_title_and_note_are_words(writing: Client, written: Lesson) -> None:
    release = send_to_review(writing, SCRIPT)
    for page in ("/en/studio/", release_url(release), LESSON):
        assert SCRIPT not in text_of(writing.get(page)), page


# In review


def test_in_review_nothing_of_it_can_be_changed(writing: Client, written: Lesson) -> None:
    page = writing.get(LESSON)
    send_to_review(writing)
    response = writing.post(LESSON, lesson_fields(page) | {"en-title": "Too late"})
    html = text_of(response)
    assert response.status_code == 409
    assert "This went to review while you were writing" in html
    assert "Too late" in html
    assert Revision.objects.get(state=State.IN_REVIEW).title == "Stop the blood"


def test_the_page_of_a_lesson_in_review_is_for_reading(writing: Client, written: Lesson) -> None:
    release = send_to_review(writing)
    html = text_of(writing.get(LESSON))
    assert "In review, so it cannot be changed" in html
    assert f'href="{release_url(release)}"' in html
    assert "readonly" in html
    assert "Withdraw it from review and go on writing" in html


def test_while_every_language_is_in_review_nothing_is_offered_to_save(writing: Client, written: Lesson) -> None:
    offered = '<button type="submit" class="btn btn-primary">Save the draft</button>'
    write(writing, ar_title="أوقفوا النزف", ar_markdown=FIRST)
    assert offered in text_of(writing.get(LESSON))
    send_to_review(writing)
    html = text_of(writing.get(LESSON))
    assert offered not in html
    assert "Add a picture" not in html


def test_the_other_language_can_be_written_meanwhile(writing: Client, written: Lesson) -> None:
    send_to_review(writing)
    assert write(writing, ar_title="وقف النزف").status_code == 302
    assert drafts(written) == ["ar"]


def test_a_question_in_review_cannot_be_changed(writing: Client, written: Lesson) -> None:
    question = QuestionVersion.objects.get(state=State.DRAFT).question
    fields = question_fields(writing.get(question_url(question))) | {"stem_en": "Too late"}
    send_to_review(writing)
    response = writing.post(question_url(question), fields)
    assert response.status_code == 409
    assert response.context["form"]["stem_en"].value() == "Too late"
    assert "Too late" not in str(list(QuestionText.objects.values_list("words", flat=True)))


def test_a_draft_in_review_cannot_be_thrown_away(writing: Client, written: Lesson) -> None:
    question = QuestionVersion.objects.get(state=State.DRAFT).question
    send_to_review(writing)
    writing.post(f"{LESSON}discard/en/")
    writing.post(f"{question_url(question)}discard/")
    assert Revision.objects.filter(state=State.IN_REVIEW).count() == 1
    assert QuestionVersion.objects.filter(state=State.IN_REVIEW).count() == 1


# Withdrawn


def test_its_author_withdraws_it_and_goes_on_writing(writing: Client, written: Lesson) -> None:
    release = send_to_review(writing)
    assert writing.post(release_url(release, "withdraw/")).status_code == 302
    assert drafts(written) == ["en"]
    assert write(writing, en_title="Better").status_code == 302
    again = send_to_review(writing, "Once more")
    assert (again.pk > release.pk, again.revisions.get().title) == (True, "Better")


def test_withdrawing_on_the_page_of_the_lesson_saves_what_was_typed(writing: Client, written: Lesson) -> None:
    page = writing.get(LESSON)
    send_to_review(writing)
    response = writing.post(LESSON, lesson_fields(page) | {"en-title": "Typed meanwhile", "deed": "withdraw"})
    assert response.status_code == 302
    assert draft_of(written).title == "Typed meanwhile"
    assert Release.objects.get().state == Release.State.WITHDRAWN


def test_withdrawing_on_the_page_of_a_question_saves_what_was_typed(writing: Client, written: Lesson) -> None:
    question = QuestionVersion.objects.get(state=State.DRAFT).question
    fields = question_fields(writing.get(question_url(question))) | {"stem_en": "Typed meanwhile"}
    send_to_review(writing)
    assert writing.post(question_url(question), fields | {"deed": "withdraw"}).status_code == 302
    english = QuestionText.objects.get(version__question=question, state=State.DRAFT, language="en")
    assert english.words["stem"] == "Typed meanwhile"


def test_nobody_else_withdraws_it(writing: Client, written: Lesson) -> None:
    release = send_to_review(writing)
    other = Client()
    other.force_login(staff("Omar", RoleGrant.Role.INSTRUCTOR))
    other.post(release_url(release, "withdraw/"))
    response = other.post(LESSON, lesson_fields(other.get(LESSON)) | {"deed": "withdraw"})
    assert "Only its author can withdraw this release" in text_of(response)
    release.refresh_from_db()
    assert release.state == Release.State.IN_REVIEW


def test_withdrawing_twice_withdraws_once(writing: Client, written: Lesson) -> None:
    release = send_to_review(writing)
    assert [writing.post(release_url(release, "withdraw/")).status_code for _ in range(2)] == [302, 302]
    assert AuditEntry.objects.filter(deed="release.withdrawn").count() == 1


def test_values_of_local_facts_are_sent_without_a_lesson(
    writing: Client, reviewing: Client, instructor: User, course: CourseEdition
) -> None:
    value = LocalFactValue.objects.create(fact=LocalFactFactory(key="sea-rescue"), value="1554", author=instructor)
    release = Release.objects.create(title="Numbers", author=instructor)
    release.facts.add(value)
    assert release_url(release) in text_of(writing.get("/en/studio/"))
    page = text_of(writing.get(release_url(release, "edit/")))
    assert "sea-rescue" in page
    assert "1554" in page
    sent = writing.post(release_url(release, "edit/"), {"title": "Numbers", "note": "", "picks": [f"fact-{value.pk}"]})
    assert sent.status_code == 302, text_of(sent)
    publish(reviewing, release)
    value.refresh_from_db()
    assert value.state == State.PUBLISHED


def test_a_release_without_anything_is_not_sent(writing: Client, instructor: User, written: Lesson) -> None:
    assert writing.post(SEND, {"title": "Nothing", "note": ""}).status_code == 422
