"""The portal's pages for search engines: each address with its other languages; and where robots need not look."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from xml.sax.saxutils import quoteattr

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from lessons.models import CourseEdition, EditionText, Placement, Revision, State, TopicText
from lessons.pages import public_file, site
from lessons.topics import topics_to_read

MOST = 20_000  # places in one file: two addresses each stay under the 50,000 that a sitemap may hold
CLOSED = ("account", "admin", "attempts", "my-learning", "reports", "search", "studio", "style-guide")
XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {XMLNS} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
INDEX = f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex {XMLNS}>\n'


@dataclass(frozen=True)
class Place:
    """A public page: how its address is made, in which languages it is published, and since when it is as it is.

    Without `languages` it is there in all of the portal's.
    """

    route: str
    names: tuple[tuple[str, str], ...] = ()
    languages: tuple[str, ...] = ()
    changed: date | datetime | None = None

    def url(self, language: str) -> str:
        with override(language):
            return reverse(self.route, kwargs=dict(self.names))


@require_safe
@public_file("application/xml; charset=utf-8")
def sitemap(request: HttpRequest) -> str:
    """All places; where they are more than one file may hold, the list of the files that hold them."""
    places, origin = every_place(), site(request)["origin"]
    first = list(islice(places, MOST))
    more = sum(1 for _place in places)
    if not more:
        return _urlset(first, origin)
    parts = range(1, 2 + (more + MOST - 1) // MOST)
    urls = (origin + reverse("plain:sitemap_part", kwargs={"part": part}) for part in parts)
    return INDEX + "".join(f"<sitemap><loc>{url}</loc></sitemap>\n" for url in urls) + "</sitemapindex>\n"


@require_safe
@public_file("application/xml; charset=utf-8")
def sitemap_part(request: HttpRequest, part: int) -> str:
    """One of several files, counted from 1."""
    places = list(islice(every_place(), (part - 1) * MOST, part * MOST)) if part else []
    if not places:
        raise Http404
    return _urlset(places, site(request)["origin"])


@require_safe
@public_file("text/plain; charset=utf-8")
def robots(request: HttpRequest) -> str:
    """What robots need not look at, and where the sitemap is."""
    closed = [f"Disallow: /{language}/{room}/" for language in spoken() for room in CLOSED]
    return "\n".join(["User-agent: *", *closed, "", f"Sitemap: {site(request)['origin']}/sitemap.xml", ""])


def spoken() -> tuple[str, ...]:
    """The portal's languages."""
    return tuple(code for code, _name in settings.LANGUAGES)


def every_place() -> Iterator[Place]:
    """Every public page, row by row from the database, always in the same order."""
    return chain.from_iterable(kind() for kind in KINDS)


def _doors() -> Iterable[Place]:
    doors = ("home:home", "lessons:topics", "lessons:catalogue", "home:glossary")
    return map(Place, (*doors, "statistics:latest") if settings.STATISTICS else doors)


def _topics() -> Iterator[Place]:
    languages: dict[int, set[str]] = defaultdict(set)
    for topic, language in TopicText.objects.values_list("topic", "language"):
        languages[topic].add(language)
    for pk, slug, changed in topics_to_read().order_by("pk").values_list("pk", "slug", "changed_on").iterator():
        if known := _known(languages[pk]):
            yield Place("lessons:topic", (("topic", slug),), known, changed)


def _courses() -> Iterator[Place]:
    languages: dict[int, set[str]] = defaultdict(set)
    texts = EditionText.objects.filter(edition__state=State.PUBLISHED)
    for edition, language in texts.values_list("edition", "language"):
        languages[edition].add(language)
    editions = CourseEdition.objects.filter(state=State.PUBLISHED, course__archived_at=None).order_by("pk")
    for pk, slug, changed in editions.values_list("pk", "course__slug", "published_at").iterator():
        yield Place("lessons:course", (("course", slug),), _known(languages[pk]), changed)


def _lessons() -> Iterator[Place]:
    published: dict[int, dict[str, datetime | None]] = defaultdict(dict)
    revisions = Revision.objects.filter(state=State.PUBLISHED)
    for lesson, language, changed in revisions.values_list("text__lesson", "text__language", "published_at").iterator():
        published[lesson][language] = changed
    for course, slug, lesson in _readable().iterator():
        if known := _known(published[lesson]):
            changed = max(filter(None, (published[lesson][language] for language in known)), default=None)
            yield Place("lessons:lesson", (("course", course), ("lesson", slug)), known, changed)


def _readable() -> "QuerySet[Placement, tuple[str, str, int]]":
    live = Placement.objects.filter(edition__state=State.PUBLISHED, edition__course__archived_at=None)
    live = live.filter(lesson__archived_at=None).order_by("edition", "position")
    return live.values_list("edition__course__slug", "lesson__slug", "lesson")


KINDS: tuple[Callable[[], Iterable[Place]], ...] = (_doors, _topics, _courses, _lessons)


def _known(languages: Iterable[str]) -> tuple[str, ...]:
    """Those of the portal's languages, in their order."""
    have = set(languages)
    return tuple(code for code in spoken() if code in have)


def _urlset(places: Iterable[Place], origin: str) -> str:
    return HEAD + "".join(chain.from_iterable(_entries(place, origin) for place in places)) + "</urlset>\n"


def _entries(place: Place, origin: str) -> Iterator[str]:
    """The place once for each of its languages, the others named beside it."""
    urls = {language: origin + place.url(language) for language in place.languages or spoken()}
    others = [_alternate(language, url) for language, url in urls.items()]
    if len(urls) > 1 and settings.LANGUAGE_CODE in urls:
        others.append(_alternate("x-default", urls[settings.LANGUAGE_CODE]))
    changed = f"<lastmod>{place.changed:%Y-%m-%d}</lastmod>" if place.changed else ""
    for url in urls.values():
        yield f"<url><loc>{url}</loc>{changed}{''.join(others) if len(urls) > 1 else ''}</url>\n"


def _alternate(language: str, url: str) -> str:
    return f'<xhtml:link rel="alternate" hreflang="{language}" href={quoteattr(url)}/>'
