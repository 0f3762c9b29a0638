"""A release that is over is read some lessons at a time: a whole curriculum at once would be a thousand parts."""

from dataclasses import dataclass

from django.core.paginator import Paginator

from portal.studio.models import Release
from portal.studio.review.page import STILL_OPEN

AT_ONCE = 3  # lessons, each with its texts and its questions
Lessons = list[int | None]  # None is of questions that belong to no lesson


@dataclass(frozen=True)
class Portion:
    """`lessons` whose parts are shown, None for all; page `number` of `pages`."""

    lessons: Lessons | None = None
    number: int = 1
    pages: int = 1


def portion_of(release: Release, page: str) -> Portion:
    """The page asked for, else the first; of what is still under way everything. Three queries at most."""
    if release.state in STILL_OPEN:
        return Portion()
    found = lessons_in(release)
    if len(found) <= AT_ONCE:
        return Portion()
    shown = Paginator(found, AT_ONCE).get_page(page)
    return Portion(list(shown.object_list), shown.number, shown.paginator.num_pages)


def lessons_in(release: Release) -> Lessons:
    """Ids of the lessons of which a text or a question is in the release, by their keys."""
    keys: dict[int | None, str] = {}
    for rows, path in (
        (release.revisions, "text__lesson"),
        (release.texts, "version__question__lesson"),
        (release.versions, "question__lesson"),
    ):
        keys |= dict(rows.order_by().values_list(path, f"{path}__key").distinct())
    return sorted(keys, key=lambda pk: (keys[pk] or "", pk or 0))
