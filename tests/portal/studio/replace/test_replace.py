"""Words are found in all that is written, and replaced in drafts: all that was ticked or nothing, nothing published."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lessons.models import Lesson, LessonText, Revision, State
from portal.accounts.models import AuditEntry, RoleGrant
from quizzes.models import Question, QuestionText
from tests.factories import SHORT, SINGLE, LessonFactory, LessonTextFactory, RevisionFactory, check_of, published_course
from tests.portal.studio.people import staff, text_of, write

pytestmark = pytest.mark.django_db
URL, PREVIEW, WRITE = "/en/studio/replace/", "/en/studio/replace/preview/", "/en/studio/replace/write/"
READY = "::: first\nPress with the wrist.\n:::\n\nThe wrist is strong. Call {fact:wrist} too.\n"


def published(lesson: Lesson, language: str, markdown: str = READY, **fields: Any) -> Revision:
    text = LessonText.objects.filter(lesson=lesson, language=language).first()
    text = text or LessonTextFactory(lesson=lesson, language=language)
    words = {"title": "Bleeding", "summary": "About the wrist.", "markdown": markdown, "html": "<p>The wrist.</p>"}
    made: Revision = RevisionFactory(
        text=text, **{"number": 1, "state": State.PUBLISHED, "published_at": timezone.now(), **words, **fields}
    )
    return made


@pytest.fixture
def bleeding() -> Lesson:
    lesson: Lesson = LessonFactory(slug="bleeding", key="bleeding")
    published(lesson, "en")
    published(lesson, "ar", "::: first\nاضغطوا بالرسغ.\n:::\n", title="النزيف", summary="")
    spec = SINGLE["words"]["en"] | {"stem": "Where is the wrist? What first?"}
    check_of(lesson, [SINGLE | {"words": SINGLE["words"] | {"en": spec}}])
    published_course(lessons=[lesson])
    return lesson


def asked(**fields: str) -> dict[str, str]:
    return {"q": "wrist", "by": "heel of the hand", "language": "en", "how": "case", "part": "", "course": ""} | fields


def ticked(page: Any, *, only: str = "") -> dict[str, Any]:
    """What the browser sends of a page with boxes, or of the one that asks whether one is sure."""
    html = text_of(page)
    sent = {
        name: re.findall(rf'name="{name}"\s+value="([^"]*)"', html)
        + re.findall(rf'name="{name}" value="([^"]*)"', html)
        for name in ("hit", "mark")
    }
    hits = dict.fromkeys(hit for hit in sent["hit"] if only in hit)
    return {"hit": list(hits), "mark": list(dict.fromkeys(sent["mark"]))}


def replace(client: Client, only: str = "", **fields: str) -> Any:
    """Search, tick, look, write."""
    search = asked(**fields)
    looked = client.post(PREVIEW, search | ticked(client.get(URL, search), only=only))
    return client.post(WRITE, search | ticked(looked))


def drafts() -> list[Revision]:
    return list(Revision.objects.filter(state=State.DRAFT).order_by("pk"))


def test_words_are_found_in_every_part_with_their_lines(writing: Client, bleeding: Lesson) -> None:
    page: Any = writing.get(URL, asked())
    found = [(hit.field, hit.line, hit.found) for place, hits in page.context["shown"] for hit in hits]
    assert found == [
        ("summary", 1, "wrist"),
        ("markdown", 2, "wrist"),
        ("markdown", 5, "wrist"),
        ("stem", 1, "wrist"),
    ]
    assert "4 hits" in text_of(page)


def test_a_draft_is_looked_through_in_the_place_of_what_is_published(writing: Client, bleeding: Lesson) -> None:
    write(writing, en_markdown="::: first\nPress.\n:::\n", en_summary="Press.")
    page: Any = writing.get(URL, asked(part="texts"))
    assert page.context["shown"] == []


def test_only_the_chosen_language_and_course_are_looked_through(writing: Client, bleeding: Lesson) -> None:
    assert "رسغ" in text_of(writing.get(URL, asked(q="رسغ", language="ar")))
    assert "stand nowhere" in text_of(writing.get(URL, asked(q="رسغ")))
    published(LessonFactory(slug="elsewhere"), "en")
    page: Any = writing.get(URL, asked(part="texts", course="first-aid"))
    assert [place.key for place, _hits in page.context["shown"]] == ["bleeding"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"q": ""}, "Write the words to look for"),
        ({"q": "a"}, "at least two characters"),
        ({"q": "  "}, "Write the words to look for"),
        ({"q": "x" * 201}, "200"),
        ({"by": "{fact:x}"}, "without braces"),
        ({"language": "xx"}, "xx"),
    ],
)
def test_what_cannot_be_looked_for_is_refused_beside_its_field(
    writing: Client, fields: dict[str, str], said: str
) -> None:
    response = writing.get(URL, asked(**fields))
    assert response.status_code == 422
    assert said in text_of(response)


def test_a_look_at_what_would_change_writes_nothing(writing: Client, bleeding: Lesson) -> None:
    page = writing.post(PREVIEW, asked() | ticked(writing.get(URL, asked())))
    html = text_of(page)
    assert "heel of the hand" in html
    assert "<ins>" in html
    assert "Press with the heel of the hand." in html
    assert drafts() == []


def test_what_was_ticked_is_written_into_drafts_and_nothing_published_changes(
    writing: Client, bleeding: Lesson
) -> None:
    before = list(Revision.objects.filter(state=State.PUBLISHED).values_list("pk", "markdown", "html"))
    assert replace(writing).status_code == 302
    [draft] = drafts()
    assert draft.summary == "About the heel of the hand."
    assert "Press with the heel of the hand." in draft.markdown
    assert "{fact:wrist}" in draft.markdown
    words = QuestionText.objects.get(state=State.DRAFT).words
    assert words["stem"] == "Where is the heel of the hand? What first?"
    assert list(Revision.objects.filter(state=State.PUBLISHED).values_list("pk", "markdown", "html")) == before


def test_several_lessons_are_changed_at_once(writing: Client, bleeding: Lesson) -> None:
    for slug in ("one", "two", "three"):
        lesson = LessonFactory(slug=slug)
        published(lesson, "en")
        check_of(lesson, [SINGLE])
    assert replace(writing).status_code == 302
    assert len(drafts()) == 4


def test_only_the_ticked_places_are_changed(writing: Client, bleeding: Lesson) -> None:
    replace(writing, only="markdown@")
    [draft] = drafts()
    assert draft.summary == "About the wrist."
    assert not QuestionText.objects.filter(state=State.DRAFT).exists()


def test_an_empty_replacement_takes_the_words_away(writing: Client, bleeding: Lesson) -> None:
    replace(writing, only="summary@", q=" the wrist", by="")
    assert drafts()[0].summary == "About."


def test_arabic_is_found_whatever_its_marks(writing: Client, bleeding: Lesson) -> None:
    replace(writing, q="الرُّسغ", by="الكفّ", language="ar", how="folded")
    assert "اضغطوا بالكفّ." in drafts()[0].markdown


def test_nothing_ticked_is_nothing_done(writing: Client, bleeding: Lesson) -> None:
    response = writing.post(PREVIEW, asked(), follow=True)
    assert "Nothing was ticked" in text_of(response)


def test_what_is_in_review_is_named_and_left(writing: Client, bleeding: Lesson) -> None:
    RevisionFactory(
        text=bleeding.texts.get(language="en"), number=2, state=State.IN_REVIEW, markdown=READY, title="Bleeding"
    )
    page = writing.get(URL, asked())
    assert "These are in review" in text_of(page)
    sent = asked() | ticked(page)
    looked = text_of(writing.post(PREVIEW, sent))
    assert "It is in review" in looked
    assert writing.post(WRITE, sent).status_code == 409
    assert drafts() == []
    assert not QuestionText.objects.filter(state=State.DRAFT).exists()


def test_all_is_written_or_nothing_where_somebody_was_quicker(writing: Client, bleeding: Lesson) -> None:
    sent = asked() | ticked(writing.get(URL, asked()))
    other = Client()
    other.force_login(staff("Omar", RoleGrant.Role.INSTRUCTOR))
    write(other, en_summary="About the wrist and the hand.")
    response = writing.post(WRITE, sent)
    assert response.status_code == 409
    assert "Somebody changed it meanwhile" in text_of(response)
    assert [draft.summary for draft in drafts()] == ["About the wrist and the hand."]
    assert not QuestionText.objects.filter(state=State.DRAFT).exists()


def test_the_same_form_sent_twice_is_written_once(writing: Client, bleeding: Lesson) -> None:
    sent = asked() | ticked(writing.get(URL, asked()))
    assert [writing.post(WRITE, sent).status_code for _ in range(2)] == [302, 302]
    assert len(drafts()) == 1


def test_what_would_break_a_text_is_refused(writing: Client, bleeding: Lesson) -> None:
    replace(writing, q="Press", by="<b>Press</b>")
    assert drafts() == []


def test_what_would_break_a_question_is_refused(writing: Client, bleeding: Lesson) -> None:
    check_lesson: Lesson = LessonFactory(slug="limb")
    check_of(check_lesson, [SHORT])
    search = asked(q="A tourniquet", by="A tight band")
    looked = text_of(writing.post(PREVIEW, search | ticked(writing.get(URL, search))))
    assert "could not be asked any more" in looked


def test_it_is_written_down_who_replaced_what(writing: Client, bleeding: Lesson) -> None:
    replace(writing)
    entry = AuditEntry.objects.get(deed="words.replaced")
    assert entry.subject == "wrist"
    assert entry.detail == {"replaced_by": "heel of the hand", "language": "en", "places": 2, "hits": 4}


def test_throwing_the_draft_away_undoes_it(writing: Client, bleeding: Lesson) -> None:
    replace(writing, only="texts:")
    writing.post("/en/studio/lessons/bleeding/discard/en/")
    assert drafts() == []


def test_a_translation_that_was_out_of_date_stays_so(writing: Client, bleeding: Lesson) -> None:
    old = Revision.objects.get(text__language="en")
    Revision.objects.filter(pk=old.pk).update(state=State.SUPERSEDED)
    published(bleeding, "en", number=2)
    replace(writing, q="الرسغ", by="الكف", language="ar")
    [draft] = drafts()
    assert draft.made_from == old


def test_many_hits_come_page_by_page(writing: Client, bleeding: Lesson) -> None:
    published(LessonFactory(slug="long"), "en", "::: first\nPress.\n:::\n\n" + "wrist " * 400)
    page: Any = writing.get(URL, asked())
    assert page.context["page"].paginator.num_pages == 3
    assert len(ticked(page)["hit"]) == 150


def test_it_asks_as_much_for_many_lessons_as_for_one(
    writing: Client, bleeding: Lesson, django_assert_num_queries: Any
) -> None:
    for at in range(5):
        lesson = LessonFactory(slug=f"more-{at}")
        published(lesson, "en")
        check_of(lesson, [SINGLE])
    with django_assert_num_queries(10):
        writing.get(URL, asked())


@pytest.mark.parametrize("url", [URL, PREVIEW, WRITE])
def test_a_reviewer_replaces_nothing(reviewing: Client, url: str) -> None:
    deed = reviewing.get if url == URL else reviewing.post
    assert deed(url).status_code == 403


def test_retired_questions_are_not_looked_through(writing: Client, bleeding: Lesson) -> None:
    Question.objects.filter(lesson=bleeding).update(archived_at=timezone.now())
    page: Any = writing.get(URL, asked(part="questions"))
    assert page.context["shown"] == []
