"""Values are tried out before they go live: filled in beside what readers see today, changed places marked."""

import pytest
from django.test import Client
from django.utils import timezone

from lessons.models import CourseEdition, Lesson, LocalFact, LocalFactValue, Revision, State, TopicText
from lessons.profiles import in_force
from portal.studio.facts.trial import facts_then
from tests.factories import (
    SINGLE,
    LessonFactory,
    LessonTextFactory,
    RevisionFactory,
    check_of,
    published_lesson,
    topic_with_card,
)
from tests.portal.studio.facts.conftest import TRY, fact_named, published_value
from tests.portal.studio.people import text_of

pytestmark = pytest.mark.django_db
MARK = '<mark id="first-change" class="fact-new">112</mark>'


@pytest.fixture
def naming(number: LocalFact) -> Lesson:
    """A published lesson that names the number in both languages."""
    lesson: Lesson = LessonFactory(slug="calling")
    words = {"markdown": "Call {fact:emergency-number} now.", "html": "<p>Call {fact:emergency-number} now.</p>"}
    for language in ("en", "ar"):
        text = LessonTextFactory(lesson=lesson, language=language)
        RevisionFactory(text=text, number=1, state=State.PUBLISHED, published_at=timezone.now(), **words)
    return lesson


def test_a_lesson_is_filled_with_the_drafts_beside_todays_values(
    writing: Client, naming: Lesson, draft: LocalFactValue
) -> None:
    published_value(draft.fact, "999")
    page = text_of(writing.get(TRY, {"what": "lesson:calling", "language": "en"}))
    assert f"Call <bdi>{MARK}</bdi> now." in page
    assert "Call <bdi>999</bdi> now." in page


def test_without_a_draft_nothing_is_marked(writing: Client, naming: Lesson) -> None:
    page = text_of(writing.get(TRY, {"what": "lesson:calling", "language": "en"}))
    assert "<mark" not in page
    assert "Nothing would change here" in page


def test_what_is_tried_out_is_not_published(writing: Client, naming: Lesson, draft: LocalFactValue) -> None:
    writing.get(TRY, {"what": "lesson:calling"})
    assert list(LocalFactValue.objects.values_list("state", flat=True)) == [State.DRAFT]


def test_a_card_is_tried_out_too(writing: Client, draft: LocalFactValue) -> None:
    topic = topic_with_card("bleeding")
    TopicText.objects.filter(topic=topic, language="en").update(first_minute="Call {fact:emergency-number}.\nA.\nB.")
    page = text_of(writing.get(TRY, {"what": "card:bleeding", "language": "en"}))
    assert f"Call <bdi>{MARK}</bdi>." in page
    assert "Call <bdi>your local emergency number</bdi>." in page


def test_a_question_is_tried_out_word_by_word(writing: Client, draft: LocalFactValue, course: CourseEdition) -> None:
    english = SINGLE["words"]["en"] | {"stem": "Whom do you call at {fact:emergency-number}?"}
    asking = published_lesson(slug="asking")
    check_of(asking, [SINGLE | {"words": SINGLE["words"] | {"en": english}}])
    question = asking.questions.get()
    page = text_of(writing.get(TRY, {"what": f"question:{question.pk}", "language": "en"}))
    assert "Whom do you call at 112?" in page
    assert "Whom do you call at your local emergency number?" in page
    assert "<ins>" in page


def test_a_draft_for_one_language_goes_before_a_draft_for_all(draft: LocalFactValue) -> None:
    LocalFactValue.objects.create(fact=draft.fact, value="١١٢", language="ar")
    assert facts_then({"emergency-number"}, "ar") == {"emergency-number": "١١٢"}
    assert facts_then({"emergency-number"}, "en") == {"emergency-number": "112"}


def test_a_published_value_of_the_language_stays_before_a_draft_for_all(draft: LocalFactValue) -> None:
    published_value(draft.fact, "999", "en")
    assert facts_then({"emergency-number"}, "en") == {"emergency-number": "999"}


def test_what_is_in_review_is_tried_out_by_its_reviewer(
    reviewing: Client, naming: Lesson, draft: LocalFactValue
) -> None:
    LocalFactValue.objects.update(state=State.IN_REVIEW)
    assert MARK in text_of(reviewing.get(TRY, {"what": "lesson:calling", "language": "en"}))


def test_a_value_is_words_and_never_markup(writing: Client, naming: Lesson, draft: LocalFactValue) -> None:
    LocalFactValue.objects.update(value="<b>112</b>")
    page = text_of(writing.get(TRY, {"what": "lesson:calling", "language": "en"}))
    assert "<b>112" not in page
    assert "&lt;b&gt;112" in page


def test_another_profile_is_tried_out_with_its_own_text(writing: Client, naming: Lesson) -> None:
    fact = fact_named("resuscitation-profile", "choice", en="erc")
    now = Revision.objects.get(text__lesson=naming, text__language="en", state=State.PUBLISHED)
    Revision.objects.create(
        text=now.text,
        number=now.number + 1,
        title="Calling, AHA",
        html="<p>Thirty to two.</p>",
        profile="aha",
        state=State.RESERVE,
        published_at=timezone.now(),
    )
    LocalFactValue.objects.create(fact=fact, value="aha")
    page = text_of(writing.get(TRY, {"what": "lesson:calling", "language": "en"}))
    assert "The profile would change to American Heart Association" in page
    assert "Thirty to two." in page
    assert in_force() == "erc"


@pytest.mark.parametrize("what", ["lesson:none", "card:none", "question:0", "question:x", "song:calling", "x"])
def test_there_is_no_such_thing(writing: Client, what: str) -> None:
    assert writing.get(TRY, {"what": what}).status_code == 404


def test_things_that_a_draft_touches_are_offered_first(writing: Client, naming: Lesson, draft: LocalFactValue) -> None:
    page = text_of(writing.get(TRY))
    assert "These would change" in page
    assert "lesson:calling" in page
