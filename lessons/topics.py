"""What people look for when something happens: tiles that lead to topics, and the page of a topic with its card."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from lessons.catalogue import CourseCard, LessonLine, course_url, lesson_line, readable
from lessons.fact_values import TELEPHONE
from lessons.filling import facts_in, facts_named, fill
from lessons.first_minute import lines_of
from lessons.markdown.numbers import isolated
from lessons.models import EditionText, Lesson, Placement, State, Topic, TopicText
from lessons.reading import SourceView
from lessons.words import in_language, preferring

EMERGENCY = "emergency-number"
OFFERED = {"edition__state": State.PUBLISHED, "edition__course__archived_at": None, "lesson__archived_at": None}
FIELDS = ("slug", "icon", "urgent", "call_when", "expert", "expert_on", "review_due", "changed_on")


@dataclass(frozen=True)
class TopicTile:
    name: str
    summary: str
    icon: str
    urgent: bool
    url: str


@dataclass(frozen=True)
class TopicPage:
    """`lines` are the card as HTML, with the country's facts; `call` is the emergency number, if one is set.

    `call_when` is a CallWhen: the number is not to be called on the spot of a gas leak.
    """

    name: str
    summary: str
    icon: str
    urgent: bool
    lines: tuple[SafeString, ...]
    call: str
    call_when: str
    sources: tuple[SourceView, ...]
    expert: str
    expert_on: date | None
    review_due: date | None
    changed_on: date | None
    language: str
    translated: bool
    lessons: tuple[LessonLine, ...]
    courses: tuple[CourseCard, ...]
    nearby_lessons: tuple[LessonLine, ...]
    nearby: tuple[TopicTile, ...]
    read_in: tuple[str, ...] = ()
    """The languages in which it has words."""

    @property
    def only_there(self) -> bool:
        """Whether it is read in another language for want of this one."""
        return not self.translated


def topic_url(slug: str) -> str:
    return reverse("lessons:topic", kwargs={"topic": slug})


def topics_to_read() -> QuerySet[Topic]:
    """Topics that have a card or a lesson to read."""
    card = TopicText.objects.filter(topic=OuterRef("pk")).exclude(first_minute="")
    lesson = Placement.objects.filter(lesson__topics=OuterRef("pk"), **OFFERED)
    return Topic.objects.filter(Exists(card) | Exists(lesson))


def topic_tiles(language: str) -> list[TopicTile]:
    """The topics to read, the life-threatening ones first. One query."""
    return _tiles(topics_to_read(), language)


def _tiles(topics: QuerySet[Topic], language: str) -> list[TopicTile]:
    texts = TopicText.objects.all()
    rows: Any = topics.annotate(
        name=in_language(texts, "topic", "name", language), summary=in_language(texts, "topic", "summary", language)
    ).order_by("-urgent", "position", "pk")
    return [
        TopicTile(row.name or row.key, row.summary or "", row.icon, row.urgent, topic_url(row.slug)) for row in rows
    ]


def topic_page(slug: str, language: str) -> TopicPage | None:
    """The topic in `language`, or else in another; None where there is none. Four queries."""
    rows = _rows_with_sources(slug, language)
    if not rows:
        return None
    row = rows[0]
    lines = lines_of(row["first_minute"])
    facts = facts_named(facts_in(row["first_minute"]) | {EMERGENCY}, row["language"])
    number = facts.get(EMERGENCY, "")
    own, others = _placements(row["topic"], language)
    return TopicPage(
        name=row["name"],
        summary=row["summary"],
        **{name: row[f"topic__{name}"] for name in FIELDS if name != "slug"},
        # Safe: escaped before the facts, which are escaped too, are filled in.
        lines=tuple(mark_safe(fill(isolated(line), facts)) for line in lines),  # noqa: S308
        call=number if TELEPHONE.fullmatch(number) else "",
        sources=_sources([each for each in rows if each["pk"] == row["pk"] and each[f"{CITED}title"]], language),
        language=row["language"],
        translated=row["language"] == language,
        read_in=tuple(sorted({each["language"] for each in rows})),
        lessons=_lines(own),
        courses=_courses(own),
        nearby_lessons=_lines(others),
        nearby=tuple(_tiles(Topic.objects.filter(pk__in=_related(row["topic"])), language)),
    )


CITED = "topic__citations__source__"
NOTE_LANGUAGE = "topic__citations__note_language"


def _rows_with_sources(slug: str, language: str) -> list[dict[str, Any]]:
    """One row a source, the reader's language first: words and sources in one query."""
    return list(
        TopicText.objects.filter(topic__slug=slug)
        .order_by(preferring(language), "pk", "topic__citations__position", "topic__citations__pk")
        .values(
            *("pk", "topic", "language", "name", "summary", "first_minute", "topic__citations__note"),
            "topic__citations__note_language",
            *(f"topic__{name}" for name in FIELDS),
            *(f"{CITED}{name}" for name in ("pk", "title", "publisher", "year", "url")),
        )
    )


def _sources(rows: list[dict[str, Any]], language: str) -> tuple[SourceView, ...]:
    """Each work once, in order, with what is said of it in the reader's language, or else in another."""
    best: dict[int, dict[str, Any]] = {}
    for row in rows:
        former = best.setdefault(row[f"{CITED}pk"], row)
        if row[NOTE_LANGUAGE] == language != former[NOTE_LANGUAGE]:
            best[row[f"{CITED}pk"]] = row
    return tuple(_source(row) for row in best.values())


def _source(row: dict[str, Any]) -> SourceView:
    source = {name: row[f"{CITED}{name}"] for name in ("title", "publisher", "year", "url")}
    return SourceView(**source, note=row["topic__citations__note"], note_language=row[NOTE_LANGUAGE])


def _related(topic: int) -> QuerySet[Any]:
    return Topic.related.through.objects.filter(from_topic=topic).values("to_topic")


def _placements(topic: int, language: str) -> tuple[list[Any], list[Any]]:
    """Where the topic's own lessons stand, and those of related topics; a lesson counts once in each course."""
    link = Lesson.topics.through.objects.filter(lesson=OuterRef("lesson"))
    editions = EditionText.objects.all()
    counted = Placement.objects.filter(edition=OuterRef("edition")).order_by().values("edition")
    rows = (
        readable(Placement.objects.filter(**OFFERED), language)
        .annotate(
            own=Exists(link.filter(topic=topic)),
            course_summary=in_language(editions, "edition", "summary", language, "edition"),
            lesson_count=Subquery(counted.annotate(many=Count("pk")).values("many")),
        )
        .filter(Q(own=True) | Exists(link.filter(topic__in=_related(topic))))
        .order_by("edition__course__position", "edition", "position")
    )
    found = list(rows)
    return [row for row in found if row.own], [row for row in found if not row.own]


def _lines(rows: list[Any]) -> tuple[LessonLine, ...]:
    """Each lesson once, where it stands first."""
    once = {row.lesson_id: row for row in reversed(rows)}
    return tuple(lesson_line(row, number) for number, row in enumerate(reversed(once.values()), 1))


def _courses(rows: list[Any]) -> tuple[CourseCard, ...]:
    """The courses that these lessons stand in."""
    once = {row.edition.course_id: row for row in rows}
    return tuple(
        CourseCard(
            course_id,
            course_url(row.edition.course.slug),
            row.course_title,
            row.course_summary,
            "",
            row.edition.minutes,
            row.lesson_count,
        )
        for course_id, row in once.items()
    )
