"""Keeps the index equal to what is published: whoever publishes says what has changed, in the same transaction."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from django.db import connection, transaction

from lessons.models import Placement, Revision, SearchDocument, SearchWord, State, TopicText
from lessons.search.documents import (
    Kind,
    all_documents,
    course_documents,
    lesson_documents,
    term_documents,
    topic_documents,
)
from lessons.search.index import engine
from lessons.search.stemming import stem
from lessons.search.terms import forms_in

AT_ONCE = 200
ADD_WORDS = """
INSERT INTO lessons_searchword (language, word, stem, documents) VALUES (%s, %s, %s, %s)
ON CONFLICT (language, word) DO UPDATE SET documents = lessons_searchword.documents + excluded.documents
"""
TAKE_WORDS = "UPDATE lessons_searchword SET documents = documents - %s WHERE language = %s AND word = %s"
TOLD = [field.name for field in SearchDocument._meta.concrete_fields if field.name != "id"]
Words = Counter[tuple[str, str]]


def lessons_changed(ids: Collection[int]) -> None:
    """Words, topics, minutes, address or archiving of these lessons; a lesson to read gives its topics a page."""
    _bring_up_to_date(Kind.LESSON, ids, lesson_documents(ids))
    topics_changed()


def courses_changed(ids: Collection[int]) -> None:
    """Also when they are archived: their lessons come and go with them, whatever edition these stood in."""
    _bring_up_to_date(Kind.COURSE, ids, course_documents(ids))
    lessons_changed(set(Placement.objects.filter(edition__course__in=ids).values_list("lesson", flat=True)))


def facts_changed(keys: Collection[str]) -> None:
    """Lessons, and cards of topics, that show one of these local facts."""
    found: set[int] = set()
    shown_by_topic = False
    for key in keys:
        place = f"{{fact:{key}}}"
        named = Revision.objects.filter(state=State.PUBLISHED, html__contains=place)
        found.update(named.values_list("text__lesson", flat=True))
        shown_by_topic = shown_by_topic or TopicText.objects.filter(first_minute__contains=place).exists()
    if found:
        lessons_changed(found)
    elif shown_by_topic:
        topics_changed()


def topics_changed() -> None:
    """There are a few dozen: all are looked at."""
    _bring_up_to_date(Kind.TOPIC, None, topic_documents(None))


def topic_changed(topic_id: int) -> None:
    """A topic's words or card: its lessons are found by its name too, and it is found without any."""
    found = Placement.objects.filter(lesson__topics=topic_id).values_list("lesson", flat=True)
    lessons_changed(set(found))


def terms_changed() -> None:
    _bring_up_to_date(Kind.TERM, None, term_documents(None))


def is_empty() -> bool:
    return not SearchDocument.objects.exists()


@transaction.atomic
def rebuild() -> int:
    """Make the index anew from what is published; returns the number of documents."""
    engine().hold()
    SearchDocument.objects.all().delete()
    SearchWord.objects.all().delete()
    count, vocabulary = 0, Words()
    documents = all_documents()
    while some := list(islice(documents, AT_ONCE)):
        SearchDocument.objects.bulk_create(some)
        count += len(some)
        for document in some:
            vocabulary.update(words_of(document))
    SearchWord.objects.bulk_create(
        (
            SearchWord(language=language, word=word, stem=stem(word), documents=documents_with)
            for (language, word), documents_with in vocabulary.items()
        ),
        batch_size=AT_ONCE,
    )
    engine().settle()
    return count


@transaction.atomic
def _bring_up_to_date(kind: str, ids: Collection[int] | None, wanted: Iterable[SearchDocument]) -> None:
    """Take away, change and add what differs; nothing is written where nothing does."""
    engine().hold()
    rows = SearchDocument.objects.filter(kind=kind)
    standing = {(row.subject, row.language): row for row in (rows if ids is None else rows.filter(subject__in=ids))}
    new, gone = [], []
    for document in wanted:
        former = standing.pop((document.subject, document.language), None)
        if former is not None and _same(former, document):
            continue
        new.append(document)
        gone += [former] if former else []
    gone += standing.values()
    SearchDocument.objects.filter(pk__in=[row.pk for row in gone]).delete()
    SearchDocument.objects.bulk_create(new, batch_size=AT_ONCE)
    _count_words(gone, new)


def _same(one: SearchDocument, other: SearchDocument) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in TOLD)


def words_of(document: SearchDocument) -> Iterator[tuple[str, str]]:
    """(language, word) of each word that a reader may have meant, once a document; numbers are not spelt."""
    for form in set(forms_in(f"{document.title} {document.text}")):
        if len(form) > 2 and not form.isdigit():
            yield document.language, form


def _count_words(gone: Iterable[SearchDocument], new: Iterable[SearchDocument]) -> None:
    change = Words()
    for document in new:
        change.update(words_of(document))
    for document in gone:
        change.subtract(words_of(document))
    told = sorted(change.items())
    added = [(language, word, stem(word), by) for (language, word), by in told if by > 0]
    taken = [(-by, language, word) for (language, word), by in told if by < 0]
    with connection.cursor() as cursor:
        cursor.executemany(ADD_WORDS, added)
        cursor.executemany(TAKE_WORDS, taken)
    if taken:
        SearchWord.objects.filter(documents=0).delete()
