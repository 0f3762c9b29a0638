"""A picture in a text: a drawing as it is, a photograph in the widths and formats that there are of it."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from lessons.models import Media, Rendition
from lessons.renditions import AVIF, WEBP

# As wide as the text: a lesson's measure on a desk, the screen less its margins and the figure's own on a phone.
SIZES = "min(38rem, 100vw - 4rem)"


def picture_html(media: Media, alt: str, *, leading: bool) -> SafeString:
    """The `<img>`, in a `<picture>` where there are renditions; `leading` is seen before anybody scrolls."""
    photograph = media.mime == WEBP
    when = 'fetchpriority="high"' if leading and photograph else 'loading="lazy"'
    image = format_html(
        '<img src="{}" width="{}" height="{}" alt="{}" {} decoding="async">',
        media_url(media),
        media.width,
        media.height,
        alt,
        mark_safe(when),  # noqa: S308 - one of the two above
    )
    sources = format_html_join(
        "", '<source type="{}" srcset="{}" sizes="{}">', ((mime, files, SIZES) for mime, files in _sources(media))
    )
    return format_html("<picture>{}{}</picture>", sources, image) if sources else image


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
