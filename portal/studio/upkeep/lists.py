"""What needs looking at: each list a query that can be counted and cut into pages, and how its rows are said."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat, StrIndex
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lessons.models import Lesson, Revision, RevisionSource, State, Topic, TopicSource, TopicText
from lessons.words import in_language, preferring
from portal.language.formats import day, number
from portal.studio.languages import language_name
from portal.studio.models import LinkCheck
from portal.studio.standing import stale_published
from portal.studio.upkeep.links import WELL

MOST_NAMED = 5  # lessons and sources that are named beside one link

Door = Callable[[str, str], str]
"""Where a lesson, by its slug and key, is opened by who looks."""


@dataclass(frozen=True)
class Line:
    """One thing to look at; `title` leads to `url` where there is one, `said` are sentences beside it, in HTML."""

    title: str
    url: str
    said: tuple[SafeString, ...]


@dataclass(frozen=True)
class UpkeepList:
    """`rows(language)` is in a lasting order; `lines(rows, language, door)` asks a fixed number of queries."""

    slug: str
    title: Any
    none: Any
    rows: Callable[[str], QuerySet[Any]]
    lines: Callable[[Sequence[Any], str, Door], list[Line]]


def _bdi(words: object) -> SafeString:
    return format_html("<bdi>{}</bdi>", words)


def _titled(lesson: str, language: str) -> Subquery:
    """The title of a lesson as readers have it, in the language where there is one."""
    texts = Revision.objects.filter(text__lesson=OuterRef(lesson), state=State.PUBLISHED)
    return Subquery(texts.order_by(preferring(language, "text__language"), "pk").values("title")[:1])


def _lessons(language: str) -> QuerySet[Any]:
    return Lesson.objects.filter(archived_at=None).annotate(title=_titled("pk", language))


# Review by


def review_horizon() -> date:
    """The last day of those that are named beforehand."""
    return timezone.localdate() + timedelta(days=settings.REVIEW_DAYS)


def _lessons_due(language: str) -> QuerySet[Any]:
    published = Q(texts__revisions__state=State.PUBLISHED)
    due = _lessons(language).annotate(due=Min("texts__revisions__review_due", filter=published))
    return due.filter(due__lte=review_horizon()).order_by("due", "pk")


def _cards(language: str) -> QuerySet[Any]:
    """Topics that have a first minute card."""
    with_card = Exists(TopicText.objects.filter(topic=OuterRef("pk")).exclude(first_minute=""))
    named = in_language(TopicText.objects.all(), "topic", "name", language)
    return Topic.objects.filter(with_card).annotate(title=named)


def _cards_due(language: str) -> QuerySet[Any]:
    return _cards(language).filter(review_due__lte=review_horizon()).order_by("review_due", "pk")


def due_words(due: date) -> str:
    """That the day of a review has come, or when it will."""
    words = _("Review due since %(day)s.") if due <= timezone.localdate() else _("Review due on %(day)s.")
    return words % {"day": day(due)}


def _lesson_due_lines(rows: Sequence[Any], language: str, door: Door) -> list[Line]:
    return [Line(row.title, door(row.slug, row.key), (format_html("{}", due_words(row.due)),)) for row in rows]


def _card_url(topic: Topic) -> str:
    return reverse("lessons:topic", args=[topic.slug])


def _card_due_lines(rows: Sequence[Any], language: str, door: Door) -> list[Line]:
    return [Line(row.title or row.key, _card_url(row), (format_html("{}", due_words(row.review_due)),)) for row in rows]


# Sources that a newer one took the place of


def superseded_in(lessons: Iterable[int]) -> dict[int, list[SafeString]]:
    """A sentence for each superseded source, by the lesson whose published text cites it. One query."""
    cited = RevisionSource.objects.filter(revision__text__lesson__in=list(lessons), revision__state=State.PUBLISHED)
    return _superseded(cited, "revision__text__lesson")


def _superseded(citations: QuerySet[Any], owner: str) -> dict[int, list[SafeString]]:
    rows = citations.filter(source__superseded_by__isnull=False).order_by(owner, "source__key")
    fields = ("source__title", "source__year", "source__superseded_by__title", "source__superseded_by__year")
    found: dict[int, list[SafeString]] = defaultdict(list)
    for pk, old, old_year, new, new_year in rows.values_list(owner, *fields).distinct():
        sentence = _("The source {old} was superseded by {new}.")
        said = format_html(sentence, old=_bdi(f"{old} ({old_year})"), new=_bdi(f"{new} ({new_year})"))
        found[pk].append(said)
    return found


def _lessons_superseded(language: str) -> QuerySet[Any]:
    cited = RevisionSource.objects.filter(
        revision__text__lesson=OuterRef("pk"), revision__state=State.PUBLISHED, source__superseded_by__isnull=False
    )
    return _lessons(language).filter(Exists(cited), title__isnull=False).order_by("pk")


def _lesson_source_lines(rows: Sequence[Any], language: str, door: Door) -> list[Line]:
    said = superseded_in(row.pk for row in rows)
    return [Line(row.title, door(row.slug, row.key), tuple(said.get(row.pk, ()))) for row in rows]


def _cards_superseded(language: str) -> QuerySet[Any]:
    cited = TopicSource.objects.filter(topic=OuterRef("pk"), source__superseded_by__isnull=False)
    return _cards(language).filter(Exists(cited)).order_by("pk")


def _card_source_lines(rows: Sequence[Any], language: str, door: Door) -> list[Line]:
    said = _superseded(TopicSource.objects.filter(topic__in=[row.pk for row in rows]), "topic")
    return [Line(row.title or row.key, _card_url(row), tuple(said.get(row.pk, ()))) for row in rows]


# Translations


def _translations(language: str) -> QuerySet[Any]:
    stale = stale_published().defer("markdown", "html", "summary", "objective").select_related("text__lesson")
    return stale.annotate(lesson_title=_titled("text__lesson", language)).order_by("text__lesson", "pk")


def _translation_lines(rows: Sequence[Any], language: str, door: Door) -> list[Line]:
    sentence = _("The text in %(language)s is older than the one in %(source)s that it was made from.")
    return [
        Line(
            row.lesson_title,
            door(row.text.lesson.slug, row.text.lesson.key),
            (
                format_html(
                    "{}",
                    sentence
                    % {
                        "language": language_name(row.text.language),
                        "source": language_name(row.text.lesson.source_language),
                    },
                ),
            ),
        )
        for row in rows
    ]


# Links


def _links(language: str) -> QuerySet[Any]:
    return LinkCheck.objects.exclude(result__in=WELL).order_by("failing_since", "pk")


def _link_lines(rows: Sequence[Any], language: str, door: Door) -> list[Line]:
    named = _places(rows, language, door)
    return [Line(row.url, row.url, (_answer_of(row), *named.get(row.pk, ()))) for row in rows]


def _answer_of(link: LinkCheck) -> SafeString:
    since = _("Since %(day)s.") % {"day": day(link.failing_since)} if link.failing_since else ""
    status = f" ({number(link.status)})" if link.status else ""
    return format_html("{}{} {}", link.get_result_display(), status, since)


def _places(rows: Sequence[Any], language: str, door: Door) -> dict[int, list[SafeString]]:
    """Which lessons and sources name these links. Two queries."""
    links: Any = LinkCheck.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk")
    lessons = links.filter(lessons__isnull=False).annotate(title=_titled("lessons", language))
    found: dict[int, list[SafeString]] = defaultdict(list)
    for pk, slug, key, title in lessons.values_list("pk", "lessons__slug", "lessons__key", "title"):
        found[pk].append(format_html('<a href="{}"><bdi>{}</bdi></a>', door(slug, key), title or key))
    for pk, title in links.filter(sources__isnull=False).values_list("pk", "sources__title"):
        found[pk].append(format_html(_("source {title}"), title=_bdi(title)))
    return {pk: [_named(places)] for pk, places in found.items()}


def _named(places: list[SafeString]) -> SafeString:
    more = len(places) - MOST_NAMED
    rest = [format_html(_("{count} more"), count=number(more))] if more > 0 else []
    shown = format_html_join(" · ", "{}", ((place,) for place in [*places[:MOST_NAMED], *rest]))
    return format_html(_("It stands in: {places}"), places=shown)


# Lessons that were put away and are still linked to


def _archived() -> QuerySet[Any]:
    """Archived lessons to which the published text around this query leads."""
    place = Concat(Value("{lesson:"), F("key"), Value("}"))
    named = Lesson.objects.filter(archived_at__isnull=False).annotate(at=StrIndex(OuterRef("html"), place))
    return named.filter(at__gt=0)


def _linked(language: str) -> QuerySet[Any]:
    texts = Revision.objects.filter(state=State.PUBLISHED, text__lesson__archived_at=None)
    leads = texts.filter(Exists(_archived())).defer("markdown", "summary", "objective")
    return leads.select_related("text__lesson").order_by("text__lesson", "pk")


def _linked_lines(rows: Sequence[Any], language: str, door: Door) -> list[Line]:
    archived = Lesson.objects.filter(archived_at__isnull=False).annotate(title=_titled("pk", language))
    gone = [(f"{{lesson:{row.key}}}", row.title or row.key) for row in archived]
    sentence = _("In {language} it leads to {title}, which is archived.")
    return [
        Line(
            row.title,
            door(row.text.lesson.slug, row.text.lesson.key),
            tuple(
                format_html(sentence, language=language_name(row.text.language), title=_bdi(title))
                for mark, title in gone
                if mark in row.html
            ),
        )
        for row in rows
    ]


LISTS = (
    UpkeepList(
        "reviews",
        gettext_lazy("Lessons to review again"),
        gettext_lazy("No lesson is due for review soon."),
        _lessons_due,
        _lesson_due_lines,
    ),
    UpkeepList(
        "cards",
        gettext_lazy("First minute cards to review again"),
        gettext_lazy("No card is due for review soon."),
        _cards_due,
        _card_due_lines,
    ),
    UpkeepList(
        "sources",
        gettext_lazy("Lessons that rest on a superseded source"),
        gettext_lazy("No lesson rests on a superseded source."),
        _lessons_superseded,
        _lesson_source_lines,
    ),
    UpkeepList(
        "card-sources",
        gettext_lazy("Cards that rest on a superseded source"),
        gettext_lazy("No card rests on a superseded source."),
        _cards_superseded,
        _card_source_lines,
    ),
    UpkeepList(
        "translations",
        gettext_lazy("Translations older than their source text"),
        gettext_lazy("Every translation was made from the text that is published now."),
        _translations,
        _translation_lines,
    ),
    UpkeepList(
        "links",
        gettext_lazy("Links that did not answer"),
        gettext_lazy("Every link answered when it was last asked, or none was asked yet."),
        _links,
        _link_lines,
    ),
    UpkeepList(
        "archived",
        gettext_lazy("Links to archived lessons"),
        gettext_lazy("No lesson leads to one that is archived."),
        _linked,
        _linked_lines,
    ),
)
BY_SLUG = {each.slug: each for each in LISTS}
