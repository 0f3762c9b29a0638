"""Pictures: checked by their content, made safe and small, kept under the hash of their bytes.

A photograph is decoded, turned upright and encoded anew as WebP, so that nothing of the file itself (metadata, place
where it was taken, whatever hides behind the picture) is kept. A drawing (SVG) goes through `lessons/drawings.py`.
"""

import io
from pathlib import Path
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from lessons.drawings import drawing_size, looks_like_drawing, safe_drawing
from lessons.models import Media
from lessons.picture_files import Picture, write_file
from lessons.renditions import make_renditions

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 25_000_000
LARGEST = (1600, 4000)
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MOVING = {"PNG", "WEBP", "GIF"}
QUALITY = 80
STILL_CHUNKS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}


class Stored(NamedTuple):
    """A picture that is kept, and whether it was here already."""

    media: Media
    known: bool


def store_upload(file: UploadedFile) -> Media:
    """The uploaded picture, kept with its renditions; the same as before when it is here already.

    Raises ValidationError.
    """
    return stored(file).media


def stored(file: UploadedFile) -> Stored:
    """The same, saying also whether it was here already; raises ValidationError."""
    if (file.size or 0) > MOST_BYTES:
        raise ValidationError(too_large(), code="too_large")
    return keep_picture(picture_from(file.read(MOST_BYTES + 1)), Path(file.name or "").name, uploaded=True)


def keep_picture(picture: Picture, name: str, **fields: Any) -> Stored:
    """Its file, its row (with these fields, where it is new) and its renditions."""
    write_file(picture)
    media, is_new = _row_of(picture, name, **fields)
    make_renditions(media)
    return Stored(media, not is_new)


def picture_from(data: bytes) -> Picture:
    """A safe picture made from what somebody sent; raises ValidationError saying what to do."""
    if len(data) > MOST_BYTES:
        raise ValidationError(too_large(), code="too_large")
    return _drawing(data) if looks_like_drawing(data) else _photograph(data)


def picture_as_is(data: bytes) -> Picture:
    """A package's picture, its bytes as they are so that reading it again changes nothing; raises ValidationError.

    A WebP must be still, no wider than ours, and hold nothing but the picture.
    """
    if len(data) > MOST_BYTES:
        raise ValidationError(too_large(), code="too_large")
    if looks_like_drawing(data):
        return _drawing(data)
    image = _opened(data)
    if image.format != "WEBP" or not set(_chunks(data)) <= STILL_CHUNKS:
        message = _("Save it as WebP without metadata: a package holds .svg and .webp pictures only.")
        raise ValidationError(message, code="not_clean")
    if image.width > LARGEST[0] or image.height > LARGEST[1]:
        message = _("It is larger than %(width)s × %(height)s pixels. Make it smaller.")
        raise ValidationError(message % {"width": LARGEST[0], "height": LARGEST[1]}, code="too_many_pixels")
    return Picture(data, "image/webp", image.width, image.height)


def media_of(picture: Picture, name: str, **fields: Any) -> Media:
    """The row of a picture, made (with these fields) when there is none yet."""
    return _row_of(picture, name, **fields)[0]


def _row_of(picture: Picture, name: str, **fields: Any) -> tuple[Media, bool]:
    file = {"mime": picture.mime, "file": picture.path, "size": len(picture.data), "original_name": name[:200]}
    size = {"width": picture.width, "height": picture.height}
    return Media.objects.get_or_create(sha256=picture.sha256, defaults=file | size | fields)


def _drawing(data: bytes) -> Picture:
    safe = safe_drawing(data)
    width, height = drawing_size(data)
    return Picture(safe, "image/svg+xml", width, height)


def _photograph(data: bytes) -> Picture:
    image = _in_screen_colours(ImageOps.exif_transpose(_opened(data)))
    image.thumbnail(LARGEST, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "WEBP", quality=QUALITY, exif=b"", icc_profile=b"", xmp=b"")
    return Picture(out.getvalue(), "image/webp", image.width, image.height)


def _opened(data: bytes) -> Image.Image:
    """The picture decoded whole, once its header has shown that it is one and not too large."""
    try:
        _refuse_by_header(data)
        with Image.open(io.BytesIO(data), formats=FORMATS) as checked:
            checked.verify()
        image = Image.open(io.BytesIO(data), formats=FORMATS)
        image.draft(None, (LARGEST[0], LARGEST[0]))  # a large JPEG is decoded at half its size or less
        image.load()
    except Image.DecompressionBombError:
        raise ValidationError(_too_many_pixels(), code="too_many_pixels") from None
    except Image.UnidentifiedImageError:
        raise ValidationError(_not_a_picture(data), code="not_a_picture") from None
    except (OSError, SyntaxError, ValueError, EOFError):
        message = _("The picture is damaged or not complete. Save or download it once more, then try again.")
        raise ValidationError(message, code="damaged") from None
    return image


def _refuse_by_header(data: bytes) -> None:
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise ValidationError(_too_many_pixels(), code="too_many_pixels")
        if image.format in MOVING and getattr(image, "is_animated", False):
            message = _("This picture moves. Choose a still one: movement distracts from what is to be learned.")
            raise ValidationError(message, code="moving")


def _in_screen_colours(image: Image.Image) -> Image.Image:
    """RGB or RGBA in sRGB, which is what a picture without a colour profile is shown in."""
    if image.mode.startswith("I"):  # 16 bits a pixel, of which a screen shows 8
        image = image.point(lambda value: value / 256, "L")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA", "CMYK"}:
        return image.convert(mode)
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return image.convert(mode)
    return converted or image.convert(mode)


def _chunks(data: bytes) -> list[bytes]:
    """The names of a WebP's parts; a trailing one of `?` where something hangs behind the picture."""
    at, end, names = 12, 8 + int.from_bytes(data[4:8], "little"), []
    while at + 8 <= end:
        names.append(data[at : at + 4])
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + length + length % 2
    return names if end == len(data) else [*names, b"?"]


def too_large() -> str:
    """What is said of a file that is refused for its size."""
    return _("The file is larger than %(megabytes)s MB. Make the picture smaller, then try again.") % {
        "megabytes": MOST_BYTES // 1024 // 1024
    }


def _too_many_pixels() -> str:
    return _("The picture has more than %(megapixels)s megapixels. Make it smaller, then try again.") % {
        "megapixels": MOST_PIXELS // 1_000_000
    }


def _not_a_picture(data: bytes) -> str:
    if data.startswith(b"PK\x03\x04"):
        return _("This file is a zip archive, not a picture. Unpack it and choose the picture itself.")
    return _("This file is not a picture that can be shown. Choose a JPEG, PNG, WebP, GIF or SVG file.")
