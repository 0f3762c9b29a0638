"""Who made a picture and on what terms it is shown: what must be said before it is published, and what readers see."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from lessons.models import Licence, Media, PictureCredit, RevisionMedia
from lessons.readiness import Reason

UNCREDITED = Q(uploaded=True, credit=None, cropped_from=None) | Q(uploaded=True, cropped_from__credit=None) & ~Q(
    cropped_from=None
)
"""Pictures that people sent and of which nobody has said yet who made them."""


@dataclass(frozen=True)
class CreditLine:
    """What readers are told of a picture; `shows` is what is to be seen on it, empty where it is decorative."""

    shows: str
    author: str
    licence: str
    licence_url: str
    source_url: str
    modified: bool


def credit_of(media: Media) -> PictureCredit | None:
    """The picture's credit, that of its original where it is a crop."""
    return getattr(media.original, "credit", None)


def missing_in(licence: str, author: str, source_url: str, permission: str) -> dict[str, str]:
    """By field what a credit still needs, the licence being what it is; {} when it says enough."""
    wanted: dict[str, str] = {}
    terms = Licence(licence)
    if terms.names_author and not author:
        wanted["author"] = _("This licence asks that whoever made the picture is named. Write the name.")
    if terms.names_author and terms != Licence.PERMISSION and not source_url:
        wanted["source_url"] = _("Write where the picture and its licence can be found.")
    if terms == Licence.PERMISSION and not permission:
        wanted["permission"] = _("Write who gave the permission, and when.")
    if terms in {Licence.CC0, Licence.PUBLIC_DOMAIN} and not (author or source_url):
        wanted["source_url"] = _("Write where the picture can be found, or who made it.")
    return wanted


def reasons_against_pictures(media: Collection[int]) -> list[Reason]:
    """Pictures, by id, that may not be published yet because nobody has said who made them. One query or none."""
    return _uncredited(Media.objects.filter(pk__in=media)) if media else []


def reasons_against_files(files: Collection[str]) -> list[Reason]:
    """The same for pictures by the names of their files. One query or none."""
    hashes = [file.partition(".")[0] for file in files]
    return _uncredited(Media.objects.filter(sha256__in=hashes)) if hashes else []


def _uncredited(media: QuerySet[Media]) -> list[Reason]:
    message = _("Nobody has said yet who made this picture, and on what terms it may be shown. Add its credit.")
    return [Reason(message, each) for each in media.filter(UNCREDITED).order_by("pk")]


def credited_in(revision: Any) -> QuerySet[RevisionMedia]:
    """The pictures of a revision of which somebody said who made them; `revision` is its id, or refers to it."""
    return RevisionMedia.objects.filter(revision=revision).exclude(media__credit=None, media__cropped_from__credit=None)


def credit_lines(revision: int, html: str) -> tuple[CreditLine, ...]:
    """Of the pictures in a text, once it is rendered, those whose licence asks that their authors are named, in order.

    One query, none where the text shows no picture.
    """
    if "/media/" not in html:
        return ()
    uses = (
        credited_in(revision).select_related("media__credit", "media__cropped_from__credit").order_by("position", "pk")
    )
    shown = [use for use in uses if use.media.sha256 in html]
    return tuple(line for use in shown if (line := line_of(use.media, use.alt)))


def line_of(media: Media, shows: str) -> CreditLine | None:
    """What readers are told of the picture; None where its licence asks for nothing."""
    credit = credit_of(media)
    if credit is None or not credit.terms.names_author:
        return None
    return CreditLine(
        shows,
        credit.author,
        str(credit.terms.label),
        credit.terms.url,
        credit.source_url,
        credit.modified or media.cropped_from_id is not None,
    )
