"""What search finds: published lessons and courses, topics, glossary terms. Never a draft, never a question.

Each function takes the ids it is to look at, or None for all, and asks the database a fixed number of times.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import override

from lessons.catalogue import course_url, lesson_url
from lessons.filling import facts_in, facts_named, fill_plain
from lessons.first_minute import lines_of
from lessons.models import (
    EditionText,
    GlossaryText,
    Placement,
    Revision,
    SearchDocument,
    State,
    Topic,
    TopicText,
)
from lessons.search.order import number_of
from lessons.search.reading import plain_text
from lessons.search.terms import counted_terms, terms_of, title_terms
from lessons.topics import topic_url, topics_to_read

Kind = SearchDocument.Kind
Ids = Collection[int] | None


def all_documents() -> Iterator[SearchDocument]:
    yield from topic_documents(None)
    yield from lesson_documents(None)
    yield from course_documents(None)
    yield from term_documents(None)


def lesson_documents(ids: Ids) -> Iterator[SearchDocument]:
    """Every published text of lessons that stand in a published course; its facts are filled as they are now."""
    places = _places(ids)
    revisions = _among(
        Revision.objects.filter(state=State.PUBLISHED, text__lesson__in=places), "text__lesson", ids
    ).select_related("text__lesson")
    titles, topics = _course_titles(), _topics_of_lessons()
    for language, rows in _by(lambda row: row.text.language, revisions.order_by("pk")).items():
        facts = facts_named({fact for row in rows for fact in facts_in(row.html)}, language)
        for row in rows:
            lesson, place = row.text.lesson, places[row.text.lesson_id]
            text = plain_text(row.html, facts)
            yield _document(
                Kind.LESSON,
                (lesson.pk, lesson.key, language),
                lesson_url,
                (place.edition.course.slug, lesson.slug),
                title=row.title,
                within=titles.get((place.edition_id, language), ""),
                minutes=lesson.minutes,
                urgent=any(topic.urgent for topic, _names in topics[lesson.pk]),
                icon=next((topic.icon for topic, _names in topics[lesson.pk]), ""),
                position=place.edition.course.position * 1000 + place.position,
                key_text=[
                    row.objective,
                    row.summary,
                    text.first,
                    *(names.get(language, "") for _topic, names in topics[lesson.pk]),
                ],
                heading_text=text.headings,
                text="\n".join([fill_plain(row.summary, facts), *text.blocks]),
            )


def topic_documents(ids: Ids) -> Iterator[SearchDocument]:
    """Topics that have a page; the lines of their cards are filled with the facts as they are now."""
    texts = _among(TopicText.objects.filter(topic__in=topics_to_read()), "topic", ids).select_related("topic")
    for language, rows in _by(lambda row: row.language, texts.order_by("pk")).items():
        facts = facts_named({fact for row in rows for fact in facts_in(row.first_minute)}, language)
        for row in rows:
            topic, lines = row.topic, [fill_plain(line, facts) for line in lines_of(row.first_minute)]
            yield _document(
                Kind.TOPIC,
                (topic.pk, topic.key, language),
                topic_url,
                (topic.slug,),
                title=row.name,
                icon=topic.icon,
                urgent=topic.urgent,
                position=topic.position,
                key_text=[row.summary],
                heading_text=lines,
                text="\n".join(filter(None, [row.summary, *lines])),
            )


def course_documents(ids: Ids) -> Iterator[SearchDocument]:
    texts = EditionText.objects.filter(edition__state=State.PUBLISHED, edition__course__archived_at=None)
    for row in _among(texts, "edition__course", ids).select_related("edition__course").order_by("pk"):
        course = row.edition.course
        yield _document(
            Kind.COURSE,
            (course.pk, course.key, row.language),
            course_url,
            (course.slug,),
            title=row.title,
            minutes=row.edition.minutes,
            position=course.position,
            key_text=[row.summary],
            text="\n".join([row.summary, *row.outcomes.splitlines()]),
        )


def term_documents(ids: Ids) -> Iterator[SearchDocument]:
    rows = _among(GlossaryText.objects.all(), "glossary_term", ids).select_related("glossary_term").order_by("pk")
    for row in rows:
        term = row.glossary_term
        yield _document(
            Kind.TERM,
            (term.pk, term.key, row.language),
            glossary_url,
            (term.key,),
            title=row.term,
            key_text=[row.definition],
            text=row.definition,
        )


def glossary_url(key: str) -> str:
    """A term's place in the glossary."""
    return f"{reverse('home:glossary')}#{key}"


def _document(
    kind: str, identity: tuple[int, str, str], url: Any, place: tuple[str, ...], **shown: Any
) -> SearchDocument:
    """`shown` holds its fields, and `key_text` and `heading_text` to be compared beside its title and text."""
    subject, key, language = identity
    key_text, heading_text = shown.pop("key_text"), shown.pop("heading_text", ())
    with override(language):
        address = url(*place)
    position, urgent = shown.get("position", 0), shown.get("urgent", False)
    return SearchDocument(
        id=number_of(language, kind, subject, position, urgent=urgent),
        kind=kind,
        subject=subject,
        key=key,
        language=language,
        url=address,
        title_terms=title_terms(shown["title"]),
        key_terms=terms_of(key_text),
        heading_terms=terms_of(heading_text),
        body_terms=counted_terms(shown["text"]),
        **shown,
    )


def _among(rows: QuerySet[Any], owner: str, ids: Ids) -> QuerySet[Any]:
    return rows if ids is None else rows.filter(**{f"{owner}__in": ids})


def _by(language_of: Callable[[Any], str], rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[language_of(row)].append(row)
    return found


def _published_places() -> QuerySet[Placement]:
    """The first course that a lesson stands in comes first."""
    return Placement.objects.filter(
        edition__state=State.PUBLISHED, edition__course__archived_at=None, lesson__archived_at=None
    ).order_by("edition__course__position", "edition__course_id", "position")


def _places(ids: Ids) -> dict[int, Placement]:
    found: dict[int, Placement] = {}
    for place in _among(_published_places(), "lesson", ids).select_related("edition__course"):
        found.setdefault(place.lesson_id, place)
    return found


def _course_titles() -> dict[tuple[int, str], str]:
    texts = EditionText.objects.filter(edition__state=State.PUBLISHED)
    return {(text.edition_id, text.language): text.title for text in texts.only("edition", "language", "title")}


def _topics_of_lessons() -> dict[int, list[tuple[Topic, dict[str, str]]]]:
    """By lesson, each of its topics with its name by language, the life-threatening first."""
    topics = {topic.pk: topic for topic in Topic.objects.order_by("-urgent", "position", "pk")}
    names: dict[int, dict[str, str]] = defaultdict(dict)
    for topic, language, name in TopicText.objects.values_list("topic", "language", "name"):
        names[topic][language] = name
    rank = {pk: at for at, pk in enumerate(topics)}
    found: dict[int, list[tuple[Topic, dict[str, str]]]] = defaultdict(list)
    links = Topic.lessons.through.objects.values_list("lesson", "topic")
    for lesson, topic in sorted(links, key=lambda link: rank[link[1]]):
        found[lesson].append((topics[topic], names[topic]))
    return found
