"""The cover picture of an edition, beside whose title it stands: what readers see of it, and what drafts have."""

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lessons.credits import CreditLine, line_of
from lessons.focus import Focus
from lessons.markdown.figures import in_picture, media_url
from lessons.models import CourseEdition, EditionCover, Media

ON_CARD = "(min-width: 62rem) 23rem, (min-width: 40rem) 50vw, 100vw"
ON_PAGE = "min(72rem, 100vw)"
CREDITS = ("cover__media__credit", "cover__media__cropped_from__credit")


def with_covers(editions: QuerySet[CourseEdition]) -> QuerySet[CourseEdition]:
    """The editions with all that `cover_html` needs; one query more where one of them has a cover."""
    return editions.select_related("cover__media").prefetch_related("cover__media__renditions")


def cover_of(edition: CourseEdition) -> EditionCover | None:
    return getattr(edition, "cover", None)


def cover_html(edition: CourseEdition, *, leading: bool = False) -> SafeString:
    """The picture, read out to nobody; empty where the edition has none. `leading` stands at the head of a page."""
    cover = cover_of(edition)
    if cover is None:
        return SafeString("")
    media = cover.media
    image = format_html(
        '<img class="{}" src="{}" width="{}" height="{}" alt="" {} decoding="async">',
        Focus.of(cover).classes,
        media_url(media),
        media.width,
        media.height,
        mark_safe('fetchpriority="high"' if leading else 'loading="lazy"'),  # noqa: S308 - one of these two
    )
    return in_picture(image, media, ON_PAGE if leading else ON_CARD)


def cover_credits(edition: CourseEdition) -> tuple[CreditLine, ...]:
    """What readers are told of who made it; () where its licence asks for nothing. At most two queries."""
    cover = cover_of(edition)
    line = line_of(cover.media, _("The picture at the head of this page")) if cover else None
    return (line,) if line else ()


def focus_fields(focus: Focus | tuple[int, int] | None) -> dict[str, int | None]:
    """As the columns have it; None is the middle."""
    x, y = focus or (None, None)
    return {"focus_x": x, "focus_y": y}


def put_cover(edition: CourseEdition, media: Media | None, focus: Focus | tuple[int, int] | None = None) -> None:
    """The draft has this cover; None for none."""
    if media is None:
        EditionCover.objects.filter(edition=edition).delete()
    else:
        EditionCover.objects.update_or_create(edition=edition, defaults={"media": media} | focus_fields(focus))


def said_of(edition: CourseEdition) -> tuple[str, tuple[int, int] | None] | None:
    """The hash of the picture and its focus (None: the middle), to be compared; None without a cover. One query."""
    rows = EditionCover.objects.filter(edition=edition).values_list("media__sha256", "focus_x", "focus_y")
    sha256, x, y = rows.first() or ("", None, None)
    return (sha256, None if x is None or y is None else (x, y)) if sha256 else None


def copy_cover(before: CourseEdition, edition: CourseEdition) -> None:
    """The draft has the cover of `before`."""
    for cover in EditionCover.objects.filter(edition=before).select_related("media"):
        put_cover(edition, cover.media, None if cover.focus_x is None else Focus.of(cover))
