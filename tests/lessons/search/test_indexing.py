"""The index is what is published: it follows every change, holds no draft and no question, and can be rebuilt."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from lessons.models import (
    GlossaryTerm,
    GlossaryText,
    Lesson,
    LocalFactText,
    LocalFactValue,
    Placement,
    Revision,
    SearchDocument,
    SearchWord,
    Topic,
    TopicText,
)
from lessons.publishing import publish_edition, publish_fact_value, publish_revision
from lessons.search.indexing import TOLD, lessons_changed, rebuild, terms_changed, topic_changed
from lessons.search.searching import search
from portal.exchange.reading import read_package
from tests.browser.curriculum import CURRICULUM, questions
from tests.factories import (
    LessonTextFactory,
    LocalFactFactory,
    RevisionFactory,
    TopicFactory,
    check_of,
    published_course,
    published_lesson,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, 8, tzinfo=UTC)


@pytest.fixture
def lesson() -> Lesson:
    """Published, in a published course, indexed."""
    lesson = published_lesson()
    published_course("indexed", [lesson])
    rebuild()
    return lesson


def indexed() -> tuple[set[tuple[Any, ...]], set[tuple[Any, ...]]]:
    """Everything that the index says, without the numbers of its rows."""
    return set(SearchDocument.objects.values_list(*TOLD)), set(
        SearchWord.objects.values_list("language", "word", "stem", "documents")
    )


def keys(typed: str, language: str = "en") -> list[str]:
    return [one.key for one in search(typed, language).results if one.language == language]


def draft_of(lesson: Lesson, title: str, **fields: Any) -> Revision:
    text = lesson.texts.get(language="en")
    draft: Revision = RevisionFactory(text=text, number=2, title=title, **fields)
    return draft


def test_what_is_published_is_found_and_what_it_replaced_no_longer(lesson: Lesson) -> None:
    publish_revision(draft_of(lesson, "Nosebleeds", markdown="::: first\nPinch the nostrils.\n:::\n"), NOW)
    assert keys("nostrils") == ["bleeding"]
    assert keys("severe") == []


def test_a_draft_is_not_found(lesson: Lesson) -> None:
    draft_of(lesson, "Secretive draft")
    rebuild()
    assert keys("secretive") == []


def test_a_lesson_without_a_published_course_is_not_found() -> None:
    published_lesson()
    rebuild()
    assert not SearchDocument.objects.exists()


@pytest.mark.usefixtures("lesson")
def test_a_new_edition_brings_its_lessons_and_takes_those_it_left_out() -> None:
    former = Placement.objects.get().edition
    newer = published_lesson("tourniquet", "Tourniquets")
    edition = _next_edition(former, newer)
    assert keys("tourniquet") == []
    publish_edition(edition, NOW)
    assert keys("tourniquet")[:1] == ["tourniquet"]
    assert keys("severe bleeding") == []


def _next_edition(former: Any, lesson: Lesson) -> Any:
    from lessons.models import CourseEdition, EditionText, Module, ModuleText

    edition = CourseEdition.objects.create(
        course=former.course, number=2, label="2", minutes=5, source_language="en", valid_months=12
    )
    EditionText.objects.create(edition=edition, language="en", title="Second", summary="Second")
    module = Module.objects.create(edition=edition, key="M", position=1)
    ModuleText.objects.create(module=module, language="en", title="Module")
    Placement.objects.create(edition=edition, module=module, lesson=lesson, position=1)
    return edition


def test_an_archived_lesson_is_not_found(lesson: Lesson) -> None:
    Lesson.objects.filter(pk=lesson.pk).update(archived_at=timezone.now())
    lessons_changed([lesson.pk])
    assert not SearchDocument.objects.filter(kind="lesson").exists()


def test_a_local_fact_is_found_as_readers_see_it(lesson: Lesson) -> None:
    fact = LocalFactFactory(key="number", kind="phone")
    LocalFactText.objects.create(fact=fact, language="en", label="Number", default="the hotline")
    publish_revision(draft_of(lesson, "Calling", markdown="::: first\nCall {fact:number} now.\n:::\n"), NOW)
    assert keys("hotline") == ["bleeding"]
    publish_fact_value(LocalFactValue.objects.create(fact=fact, value="1899"), NOW)
    assert (keys("1899"), keys("hotline")) == (["bleeding"], [])


def test_a_topic_is_found_once_it_leads_to_a_lesson(lesson: Lesson) -> None:
    topic = TopicFactory(key="blood", urgent=True)
    TopicText.objects.create(topic=topic, language="en", name="Haemophilia")
    rebuild()
    assert keys("haemophilia") == []
    lesson.topics.add(topic)
    lessons_changed([lesson.pk])
    assert keys("haemophilia") == ["blood", "bleeding"]


def test_a_topic_with_a_card_alone_is_found_by_its_lines_and_leads_to_its_page() -> None:
    topic = TopicFactory(key="tide", slug="tide")
    TopicText.objects.create(
        topic=topic, language="en", name="Tide", first_minute="Climb now.\nWait.\nCall {fact:number}."
    )
    fact = LocalFactFactory(key="number", kind="phone")
    LocalFactText.objects.create(fact=fact, language="en", label="Number", default="the hotline")
    topic_changed(topic.pk)
    [found] = search("climb", "en").results
    assert (found.key, found.url, keys("hotline")) == ("tide", "/en/topics/tide/", ["tide"])
    publish_fact_value(LocalFactValue.objects.create(fact=fact, value="1899"), NOW)
    assert (keys("1899"), keys("hotline")) == (["tide"], [])


def test_what_is_taken_back_with_its_transaction_is_not_found(lesson: Lesson) -> None:
    with transaction.atomic():
        publish_revision(draft_of(lesson, "Nosebleeds"), NOW)
        transaction.set_rollback(True)
    assert keys("nosebleed") == []
    assert keys("severe") == ["bleeding"]


def test_nothing_is_written_where_nothing_has_changed(lesson: Lesson) -> None:
    before = set(SearchDocument.objects.values_list("pk", flat=True))
    lessons_changed([lesson.pk])
    assert set(SearchDocument.objects.values_list("pk", flat=True)) == before


def test_a_term_that_was_deleted_is_gone_and_its_words_too() -> None:
    term = GlossaryTerm.objects.create(key="x")
    GlossaryText.objects.create(glossary_term=term, language="en", term="Xerophyte", definition="A plant.")
    terms_changed()
    assert keys("xerophyte") == ["x"]
    term.delete()
    terms_changed()
    assert keys("xerophyte") == []
    assert not SearchWord.objects.exists()


def test_the_index_that_grew_is_the_one_that_is_rebuilt(lesson: Lesson, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    read_package(CURRICULUM)
    publish_revision(draft_of(lesson, "Nosebleeds"), NOW)
    grown = indexed()
    call_command("rebuild_search", verbosity=0)
    assert indexed() == grown


def test_an_empty_index_is_filled_by_reading_a_package_that_changes_nothing(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    read_package(CURRICULUM)
    whole = indexed()
    SearchDocument.objects.all().delete()
    SearchWord.objects.all().delete()
    assert read_package(CURRICULUM).is_quiet
    assert indexed() == whole


def test_no_word_of_a_question_or_explanation_is_in_the_index(lesson: Lesson) -> None:
    check_of(lesson)
    rebuild()
    assert keys("spurts") == []
    assert not SearchWord.objects.filter(word__in=["spurts", "explanation", "wash", "يندفع"]).exists()


def test_no_sentence_of_a_shipped_question_is_in_the_index(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    read_package(CURRICULUM)
    texts = "\n".join(SearchDocument.objects.values_list("text", flat=True))
    told = [words[part] for one in questions() for words in one["texts"].values() for part in ("stem", "explanation")]
    assert len(told) > 50
    assert not [sentence for sentence in told if " ".join(sentence.split()) in texts]


@pytest.mark.usefixtures("lesson")
def test_the_database_keeps_the_index_of_a_row_that_is_changed_by_hand() -> None:
    SearchDocument.objects.filter(kind="lesson", language="en").update(title_terms="aardvark")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM lessons_searchtext WHERE lessons_searchtext MATCH 'aardvark'")
        else:
            cursor.execute("SELECT count(*) FROM lessons_searchdocument WHERE in_all @@ 'aardvark'::tsquery")
        assert cursor.fetchone() == (1,)


def test_topics_and_lessons_in_both_languages_have_their_own_documents(lesson: Lesson) -> None:
    assert Topic.objects.count() == 0
    assert {row.language for row in SearchDocument.objects.filter(subject=lesson.pk, kind="lesson")} == {"ar", "en"}
    assert {row.url.split("/")[1] for row in SearchDocument.objects.filter(kind="lesson")} == {"ar", "en"}


def test_a_lesson_in_one_language_is_found_in_that_one() -> None:
    text = LessonTextFactory(lesson__slug="only")
    RevisionFactory(text=text, number=1, title="Only English", html="<p>x</p>", state="published", published_at=NOW)
    published_course("short", lessons=[text.lesson])
    rebuild()
    assert [row.language for row in SearchDocument.objects.filter(kind="lesson")] == ["en"]
