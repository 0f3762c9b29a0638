"""The same photograph in other widths and formats, made when it is stored and never when it is asked for.

They are made from the stored WebP with fixed settings, so making them twice gives the same files. A rendition is never
wider than the picture, and an AVIF is kept only where it is smaller than the WebP of its width.
"""

import io
from collections.abc import Iterable, Iterator

from django.conf import settings
from PIL import Image, features

from lessons.models import Media, Rendition
from lessons.picture_files import Picture, write_file

WIDTHS = (320, 480, 640, 960, 1280)
WEBP, AVIF = "image/webp", "image/avif"
# One thread and no tiles: with more, the bytes would depend on the machine.
SETTINGS: dict[str, dict[str, object]] = {
    WEBP: {"format": "WEBP", "quality": 80, "method": 4},
    AVIF: {"format": "AVIF", "quality": 60, "speed": 6, "max_threads": 1, "autotiling": False},
}


def make_renditions(media: Media) -> int:
    """Make what is missing of a stored photograph; how many renditions it has gained.

    Raises FileNotFoundError where the picture's own file is gone.
    """
    if is_complete(media):
        return 0
    data = (settings.MEDIA_ROOT / media.file).read_bytes()
    before = media.renditions.count()
    keep_renditions(media, written_renditions(Picture(data, media.mime, media.width, media.height)))
    return media.renditions.count() - before


def is_complete(media: Media) -> bool:
    """Whether there is nothing to make: a drawing, or a photograph with all its WebPs, files and all."""
    if media.mime != WEBP:
        return True
    rows = list(media.renditions.all())
    wanted = set(_widths_below(media.width))
    lie_there = all((settings.MEDIA_ROOT / row.file).is_file() for row in rows)
    # A picture too small for WebPs of its own has at most one AVIF: trying that again costs next to nothing.
    return bool(wanted) and wanted <= {row.width for row in rows if row.mime == WEBP} and lie_there


def written_renditions(picture: Picture) -> list[Rendition]:
    """The renditions of a photograph, their files in place; rows not yet saved. [] for a drawing."""
    rows = []
    for made in _renditions(picture) if picture.mime == WEBP else ():
        write_file(made)
        rows.append(
            Rendition(
                mime=made.mime,
                file=made.path,
                sha256=made.sha256,
                size=len(made.data),
                width=made.width,
                height=made.height,
            )
        )
    return rows


def keep_renditions(media: Media, rows: Iterable[Rendition]) -> None:
    """Save the rows as those of the picture; those it has already stay as they are."""
    mine = list(rows)
    for row in mine:
        row.media = media
    Rendition.objects.bulk_create(mine, ignore_conflicts=True)


def _widths_below(width: int) -> list[int]:
    return [step for step in WIDTHS if step < width]


def _renditions(picture: Picture) -> Iterator[Picture]:
    """One at a time, the widest first, so that no more than one is in memory."""
    with Image.open(io.BytesIO(picture.data), formats=("WEBP",)) as image:
        yield from _smaller(image, AVIF, len(picture.data))
        for width in reversed(_widths_below(picture.width)):
            height = max(1, round(picture.height * width / picture.width))
            narrow = image.resize((width, height), Image.Resampling.LANCZOS)
            webp = _encoded(narrow, WEBP)
            yield webp
            yield from _smaller(narrow, AVIF, len(webp.data))


def _smaller(image: Image.Image, mime: str, than: int) -> Iterator[Picture]:
    """The image in this format, if it takes fewer bytes; nothing where Pillow cannot write the format."""
    if not features.check("avif"):
        return
    made = _encoded(image, mime)
    if len(made.data) < than:
        yield made


def _encoded(image: Image.Image, mime: str) -> Picture:
    out = io.BytesIO()
    image.save(out, **SETTINGS[mime], exif=b"", icc_profile=b"", xmp=b"")  # type: ignore[arg-type]
    return Picture(out.getvalue(), mime, image.width, image.height)
