"""The cover of a draft: chosen, moved, taken away; and as it is shown to those who write and review it."""

from dataclasses import dataclass

from django.db import transaction

from lessons.covers import CREDITS, put_cover, said_of
from lessons.credits import CreditLine, credit_of, line_of
from lessons.focus import Focus
from lessons.models import CourseEdition, EditionCover, Media
from portal.accounts.audit import record
from portal.accounts.models import User
from portal.studio.courses.editions import expect, held, signed
from portal.studio.courses.marks import mark_of
from portal.studio.picture_lines import thumbnail_url


@dataclass(frozen=True)
class CoverShown:
    """A cover with the address of a small rendition, and what readers are told of who made it."""

    media: Media
    url: str
    focus: Focus
    credit: CreditLine | None
    lacks_credit: bool


@dataclass(frozen=True)
class CoverChange:
    """What readers have, and what they are to have; None for no cover."""

    before: CoverShown | None
    after: CoverShown | None


def cover_shown(edition: CourseEdition | None) -> CoverShown | None:
    """None without a cover. Two queries."""
    rows = EditionCover.objects.filter(edition=edition).select_related("media", *_credits())
    cover = rows.prefetch_related("media__renditions").first() if edition else None
    if cover is None:
        return None
    media = cover.media
    lacks = media.uploaded and credit_of(media) is None
    return CoverShown(media, thumbnail_url(media), Focus.of(cover), line_of(media, ""), lacks)


def _credits() -> list[str]:
    return [path.removeprefix("cover__") for path in CREDITS]


def cover_change(before: CourseEdition | None, edition: CourseEdition) -> CoverChange | None:
    """None where the cover stays as it is."""
    if (said_of(before) if before else None) == said_of(edition):
        return None
    return CoverChange(cover_shown(before), cover_shown(edition))


def cover_mark(edition: CourseEdition) -> str:
    return mark_of(said_of(edition))


@transaction.atomic
def save_cover(
    edition: CourseEdition, by: User, media: Media | None, mark: str, focus: Focus | tuple[int, int] | None = None
) -> bool:
    """The draft has this cover, None for none; whether anything changed. Raises ChangedMeanwhile or UnderReview."""
    found = held(edition)
    wanted = (media.sha256, tuple(focus) if focus else None) if media else None
    if said_of(found) == wanted:
        return False
    expect(mark, cover_mark(found))
    put_cover(found, media, focus)
    signed(found, by)
    record(by, "cover.changed", found.course, edition=found.pk, picture=media.pk if media else None)
    return True
