"""A picture in a text: a drawing as it is, a photograph in the widths and formats that there are of it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from lessons.focus import Focus
from lessons.models import Media, Rendition, Revision, RevisionMedia
from lessons.renditions import AVIF, WEBP

# As wide as the text: a lesson's measure on a desk, the screen less its margins and the figure's own on a phone.
SIZES = "min(38rem, 100vw - 4rem)"


BROAD = 16 / 9  # a leading photograph that is higher is cropped to this


class Shown(NamedTuple):
    """A picture as a text shows it."""

    media: Media
    focus: Focus = Focus()


def shown_in(revisions: Iterable[Revision]) -> dict[int, dict[str, Shown]]:
    """The pictures of each revision, by its id and their name in the text. Two queries."""
    found: dict[int, dict[str, Shown]] = defaultdict(dict)
    for use in _with_media(RevisionMedia.objects.filter(revision__in=list(revisions))):
        found[use.revision_id][use.name] = Shown(use.media, Focus.of(use))
    return found


def shown_by_name(uses: QuerySet[RevisionMedia]) -> dict[str, Shown]:
    """The pictures by their name in the text. Two queries."""
    return {use.name: Shown(use.media, Focus.of(use)) for use in _with_media(uses)}


def _with_media(uses: QuerySet[RevisionMedia]) -> QuerySet[RevisionMedia]:
    return uses.select_related("media").prefetch_related("media__renditions")


def picture_html(shown: Shown, alt: str, *, leading: bool, whole: bool = False) -> SafeString:
    """The `<img>`, in a `<picture>` where there are renditions.

    `leading` is seen before anybody scrolls, and cropped around its focus where it is high; `whole` never is.
    """
    media = shown.media
    photograph = media.mime == WEBP
    when = 'fetchpriority="high"' if leading and photograph else 'loading="lazy"'
    image = format_html(
        '<img src="{}" width="{}" height="{}" alt="{}" {} decoding="async"{}>',
        media_url(media),
        media.width,
        media.height,
        alt,
        mark_safe(when),  # noqa: S308 - one of the two above
        _crop(shown) if leading and photograph and not whole else "",
    )
    return in_picture(image, media, SIZES)


def in_picture(image: SafeString, media: Media, sizes: str) -> SafeString:
    """The `<img>` of the picture with its renditions, where there are any; `sizes` says how wide it is shown."""
    sources = format_html_join(
        "", '<source type="{}" srcset="{}" sizes="{}">', ((mime, files, sizes) for mime, files in _sources(media))
    )
    return format_html("<picture>{}{}</picture>", sources, image) if sources else image


def _crop(shown: Shown) -> str | SafeString:
    """The classes of a photograph that would push the words off the first screen, were it shown whole."""
    is_high = shown.media.width < BROAD * shown.media.height
    return format_html(' class="lead-picture {}"', shown.focus.classes) if is_high else ""


def _sources(media: Media) -> list[tuple[str, str]]:
    """(type, srcset) of each format, the better one first.

    Of AVIF only where it has every width that WebP has: a browser takes the first type that it knows, and would show
    the next smaller width enlarged.
    """
    rows: list[Rendition] = list(media.renditions.all()) if media.pk else []
    webp = _worthwhile([media, *(row for row in rows if row.mime == WEBP)])
    avif = [row for row in rows if row.mime == AVIF and row.width in {part.width for part in webp}]
    offered = [(AVIF, avif)] if len(avif) == len(webp) else []
    offered += [(WEBP, webp)] if len(webp) > 1 else []
    return [(mime, _srcset(parts)) for mime, parts in offered]


def _worthwhile(parts: list[Any]) -> list[Any]:
    """Without those that take more bytes than a wider one."""
    kept: list[Any] = []
    for part in sorted(parts, key=lambda part: -part.width):
        if not kept or part.size < kept[-1].size:
            kept.append(part)
    return kept


def _srcset(parts: list[Any]) -> str:
    return ", ".join(f"{media_url(part)} {part.width}w" for part in sorted(parts, key=lambda part: part.width))


def media_url(media: Media | Rendition) -> str:
    """The address of a picture, the same in every language."""
    return reverse("media", kwargs={"sha256": media.sha256, "ext": media.file.rsplit(".", 1)[-1]})
