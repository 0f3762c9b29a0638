"""A part of a photograph as a picture of its own. The original is kept as it is, and a crop always begins from it."""

import io
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image

from lessons.focus import Focus
from lessons.models import Media
from lessons.picture_files import Picture
from lessons.pictures import Stored, keep_picture
from lessons.renditions import WEBP

SMALLEST = 40  # pixels: less shows nothing
QUALITY = 88  # better than the first time: what is lost twice is seen


class Box(NamedTuple):
    """A rectangle in pixels of the original."""

    left: int
    top: int
    width: int
    height: int


def box_of(media: Media) -> Box:
    """What a crop shows of its original; the whole of any other picture."""
    return Box(media.crop_left or 0, media.crop_top or 0, media.width, media.height)


def crop(media: Media, box: Box, name: str = "") -> Stored:
    """The part of the picture's original as a medium of its own, which may be here already.

    Raises ValidationError saying what to do, FileNotFoundError where the file is gone.
    """
    original = media.original
    _refuse(original, box)
    picture = _cut_out((settings.MEDIA_ROOT / original.file).read_bytes(), box)
    return keep_picture(
        picture,
        name or original.original_name,
        uploaded=original.uploaded,
        cropped_from=original,
        crop_left=box.left,
        crop_top=box.top,
    )


def focus_within(focus: Focus, shown: Box, box: Box) -> Focus:
    """Where the point of what was shown lies in the crop; its middle where that point was cut away."""
    across = shown.left + shown.width * focus.x / 100 - box.left
    down = shown.top + shown.height * focus.y / 100 - box.top
    if not (0 <= across <= box.width and 0 <= down <= box.height):
        return Focus()
    return Focus(round(100 * across / box.width), round(100 * down / box.height))


def _refuse(original: Media, box: Box) -> None:
    if original.mime != WEBP:
        raise ValidationError(_("A drawing is not cropped here. Change its view box and upload it once more."))
    if min(box.width, box.height) < SMALLEST:
        message = _("Leave at least %(pixels)s pixels in both directions.")
        raise ValidationError(message % {"pixels": SMALLEST})
    outside = box.left + box.width > original.width or box.top + box.height > original.height
    if outside or min(box.left, box.top) < 0:
        message = _("The rectangle leaves the picture, which is %(width)s × %(height)s pixels. Make it smaller.")
        raise ValidationError(message % {"width": original.width, "height": original.height})
    if (box.width, box.height) == (original.width, original.height):
        raise ValidationError(_("This is the whole picture: nothing would be cut away."))


def _cut_out(data: bytes, box: Box) -> Picture:
    with Image.open(io.BytesIO(data), formats=("WEBP",)) as image:
        part = image.crop((box.left, box.top, box.left + box.width, box.top + box.height))
    out = io.BytesIO()
    part.save(out, "WEBP", quality=QUALITY, exif=b"", icc_profile=b"", xmp=b"")
    return Picture(out.getvalue(), WEBP, part.width, part.height)
