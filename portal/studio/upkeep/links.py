"""The links of what is published: gathering them, and asking some of them every day."""

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models, transaction
from django.db.models import F

from lessons.models import Revision, Source, State
from portal.studio.models import LinkCheck
from portal.studio.upkeep.asking import Answer, Asker, Result

MOST = 200
PAUSE = 1.0  # seconds between two requests to one host
HOSTS_AT_ONCE = 8
WELL = (Result.UNASKED, Result.ANSWERS, Result.TURNED_AWAY)


@dataclass
class Places:
    """Where a link stands: ids of lessons and of sources."""

    lessons: set[int] = field(default_factory=set)
    sources: set[int] = field(default_factory=set)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.update(value for name, value in attrs if name == "href" and value)


def links_in(html: str) -> set[str]:
    """The addresses outside the portal that a published text leads to."""
    parser = _Links()
    parser.feed(html)
    return {url for url in parser.found if _can_be_kept(url)}


def _can_be_kept(url: str) -> bool:
    return url.lower().startswith(("https://", "http://")) and len(url.encode()) <= LinkCheck.MOST_CHARACTERS


def asker() -> Asker:
    """One that says who asks, as polite programs do."""
    return Asker(agent=f"CivilDefensePortal-LinkCheck/1.0 (+{settings.ORIGIN}/)")


def check_links(asker: Asker, today: date, most: int = MOST, pause: float = PAUSE) -> Counter[str]:
    """Ask up to `most` links, those first that were asked longest ago; how many gave which result."""
    gather()
    rows = list(LinkCheck.objects.order_by(F("checked_on").asc(nulls_first=True), "pk")[:most])
    counted: Counter[str] = Counter()
    for row, answer in _answers(rows, asker, pause):
        _keep(row, answer, today)
        counted[answer.result.value] += 1
    return counted


def gather() -> None:
    """Bring the table up to what is published: new links come in, those that nothing names any more go."""
    named = _named()
    with transaction.atomic():
        standing = dict(LinkCheck.objects.values_list("url", "pk"))
        LinkCheck.objects.filter(pk__in=[pk for url, pk in standing.items() if url not in named]).delete()
        new = [LinkCheck(url=url) for url in named if url not in standing]
        LinkCheck.objects.bulk_create(new, ignore_conflicts=True)
        ids = dict(LinkCheck.objects.values_list("url", "pk"))
        _lay("lessons", {ids[url]: places.lessons for url, places in named.items()})
        _lay("sources", {ids[url]: places.sources for url, places in named.items()})


def _named() -> dict[str, Places]:
    found: dict[str, Places] = defaultdict(Places)
    texts = Revision.objects.filter(state=State.PUBLISHED, text__lesson__archived_at=None, html__contains="<a ")
    for lesson, html in texts.order_by().values_list("text__lesson", "html").iterator(100):
        for url in links_in(html):
            found[url].lessons.add(lesson)
    for source, url in Source.objects.exclude(url="").values_list("pk", "url"):
        if _can_be_kept(url):
            found[url].sources.add(source)
    return found


def _lay(relation: str, wanted: Mapping[int, Iterable[int]]) -> None:
    """Make a relation hold just these rows."""
    many: Any = LinkCheck._meta.get_field(relation)
    through: type[models.Model] = many.remote_field.through
    ours, theirs = many.m2m_column_name(), many.m2m_reverse_name()
    rows: Any = through._default_manager
    standing = {(row[1], row[2]): row[0] for row in rows.values_list("pk", ours, theirs)}
    pairs = {(link, place) for link, places in wanted.items() for place in places}
    rows.filter(pk__in=[pk for pair, pk in standing.items() if pair not in pairs]).delete()
    new = [through(**{ours: link, theirs: place}) for link, place in sorted(pairs - set(standing))]
    rows.bulk_create(new, ignore_conflicts=True)


def _answers(rows: Iterable[LinkCheck], asker: Asker, pause: float) -> Iterator[tuple[LinkCheck, Answer]]:
    """Several hosts at once, and of each host one link after the other."""
    by_host: dict[str, list[LinkCheck]] = defaultdict(list)
    for row in rows:
        by_host[_host(row.url)].append(row)
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        asked = [pool.submit(_ask_host, links, asker, pause) for links in by_host.values()]
        for done in as_completed(asked):
            yield from done.result()


def _ask_host(links: list[LinkCheck], asker: Asker, pause: float) -> list[tuple[LinkCheck, Answer]]:
    answers = []
    for at, link in enumerate(links):
        if at:
            time.sleep(pause)  # a host that is asked too fast turns us away
        answers.append((link, asker.ask(link.url)))
    return answers


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _keep(row: LinkCheck, answer: Answer, today: date) -> None:
    since = None if answer.result in WELL else row.failing_since or today
    LinkCheck.objects.filter(pk=row.pk).update(
        result=answer.result, status=answer.status, checked_on=today, failing_since=since
    )
