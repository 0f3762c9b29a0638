"""Pictures are known by their content, come out upright, small and without metadata, and are kept once."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from PIL import Image, ImageCms
from pytest_django import Settings

from lessons.models import Media
from lessons.pictures import Picture, picture_as_is, picture_from, store_upload

RED, BLUE = (200, 20, 20), (20, 20, 200)
GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F


def image(width: int = 40, height: int = 20, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", (width, height), BLUE)
    picture.paste(RED, (0, 0, width // 2, height))
    return picture.convert(mode)


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def decoded(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.data))


def refused(data: bytes) -> tuple[str, str]:
    """(code, message) of the refusal."""
    with pytest.raises(ValidationError) as error, override("en"):
        picture_from(data)
    return str(error.value.code), error.value.messages[0]


def png_of_size(width: int, height: int) -> bytes:
    """A few bytes that claim to be a picture of that size, its pixels packed as nothing but zeros."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width // 8 + 1) * min(height, 1000)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_every_usual_format_becomes_webp(kind: str) -> None:
    picture = picture_from(saved(image(), kind))
    assert (picture.mime, decoded(picture).format, decoded(picture).size) == ("image/webp", "WEBP", (40, 20))


@pytest.mark.parametrize(("mode", "kind"), [("L", "JPEG"), ("CMYK", "JPEG"), ("1", "PNG"), ("P", "GIF")])
def test_colours_of_print_and_grey_become_those_of_a_screen(mode: str, kind: str) -> None:
    assert decoded(picture_from(saved(image(mode=mode), kind))).mode == "RGB"


def test_a_scan_of_sixteen_bits_keeps_its_greys() -> None:
    scan = Image.new("I;16", (8, 8), 0x8000)
    grey = decoded(picture_from(saved(scan, "PNG"))).convert("L").getpixel((4, 4))
    assert grey in range(122, 135)


def test_what_is_see_through_stays_so() -> None:
    clear = Image.new("RGBA", (10, 10), (0, 0, 0, 0))
    assert decoded(picture_from(saved(clear, "PNG"))).getpixel((5, 5))[3] == 0  # type: ignore[index]


def test_a_wide_picture_is_made_narrower() -> None:
    assert decoded(picture_from(saved(image(3200, 1000), "JPEG"))).size == (1600, 500)


def test_a_picture_is_turned_upright_and_forgets_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # the camera lay on its side
    exif[MAKER] = "Camera of Rana"
    exif[GPS] = {1: "N", 2: (31.0, 57.0, 0.0)}
    data = saved(image(), "JPEG", exif=exif, comment=b"Camera of Rana", quality=95)
    assert b"Camera of Rana" in data
    picture = picture_from(data)
    upright = decoded(picture)
    assert upright.size == (20, 40)
    red, _green, blue = upright.getpixel((10, 5))  # type: ignore[misc]
    assert red > blue  # what was on the left is above
    assert dict(upright.getexif()) == {}
    assert b"Rana" not in picture.data
    assert b"EXIF" not in picture.data


def test_a_colour_profile_is_applied_and_taken_away() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for icc in (profile, srgb, b"no profile at all"):
        picture = picture_from(saved(image(), "JPEG", icc_profile=icc))
        assert "icc_profile" not in decoded(picture).info


def test_a_zip_is_no_picture_whatever_it_is_called() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "hello")
    assert refused(out.getvalue()) == (
        "not_a_picture",
        "This file is a zip archive, not a picture. Unpack it and choose the picture itself.",
    )


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7", b"<html><body>", b"\x1f\x8b\x08", saved(image(), "BMP")])
def test_other_files_are_no_pictures(data: bytes) -> None:
    assert refused(data) == (
        "not_a_picture",
        "This file is not a picture that can be shown. Choose a JPEG, PNG, WebP, GIF or SVG file.",
    )


@pytest.mark.parametrize("size", [(10_000, 5_000), (50_000, 50_000)])
def test_fifty_megapixels_are_refused_by_the_header(size: tuple[int, int]) -> None:
    bomb = png_of_size(*size)
    assert len(bomb) < 20_000
    assert refused(bomb) == (
        "too_many_pixels",
        "The picture has more than 25 megapixels. Make it smaller, then try again.",
    )


def test_a_picture_cut_off_is_refused() -> None:
    data = saved(image(400, 400), "JPEG")
    assert refused(data[: len(data) // 2]) == (
        "damaged",
        "The picture is damaged or not complete. Save or download it once more, then try again.",
    )


def test_a_picture_with_a_flipped_byte_is_refused() -> None:
    data = bytearray(saved(image(400, 400), "PNG"))
    data[60] ^= 0xFF
    assert refused(bytes(data))[0] == "damaged"


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_a_moving_picture_is_refused(kind: str) -> None:
    other = Image.new("RGB", (40, 20), RED)
    moving = saved(image(), kind, save_all=True, append_images=[other], duration=100)
    assert refused(moving)[0] == "moving"


def test_ten_megabytes_are_enough() -> None:
    assert refused(bytes(10 * 1024 * 1024 + 1)) == (
        "too_large",
        "The file is larger than 10 MB. Make the picture smaller, then try again.",
    )


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def upload(name: str = "../../hands.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, saved(image(), "PNG"), content_type="text/html")


@pytest.mark.django_db
def test_an_upload_is_kept_under_the_hash_of_its_bytes(folder: Path) -> None:
    media = store_upload(upload())
    assert media.file == f"{media.sha256[:2]}/{media.sha256}.webp"
    assert (media.mime, media.width, media.height, media.original_name) == ("image/webp", 40, 20, "hands.png")
    assert (folder / media.file).stat().st_size == media.size
    assert [path.name for path in folder.rglob("*") if path.is_file()] == [f"{media.sha256}.webp"]


@pytest.mark.django_db
def test_the_same_picture_is_kept_once(folder: Path) -> None:
    assert store_upload(upload()) == store_upload(upload("other name.png"))
    assert Media.objects.count() == 1


@pytest.mark.django_db
def test_a_lost_file_is_put_back(folder: Path) -> None:
    media = store_upload(upload())
    (folder / media.file).unlink()
    store_upload(upload())
    assert (folder / media.file).is_file()


@pytest.mark.django_db
def test_a_refused_upload_leaves_nothing(folder: Path) -> None:
    with pytest.raises(ValidationError):
        store_upload(SimpleUploadedFile("hands.png", b"PK\x03\x04"))
    with pytest.raises(ValidationError):
        store_upload(SimpleUploadedFile("hands.png", bytes(10 * 1024 * 1024 + 1)))
    assert not folder.exists()
    assert not Media.objects.exists()


def test_a_packages_picture_keeps_its_bytes() -> None:
    data = saved(image(), "WEBP")
    assert picture_as_is(data) == Picture(data, "image/webp", 40, 20)


@pytest.mark.parametrize(
    "data",
    [
        saved(image(), "PNG"),
        saved(image(), "WEBP", exif=b"Exif\x00\x00secret"),
        saved(image(), "WEBP") + b"PK\x03\x04 something behind the picture",
    ],
    ids=["png", "metadata", "something behind it"],
)
def test_a_packages_picture_holds_nothing_but_the_picture(data: bytes) -> None:
    with pytest.raises(ValidationError, match="Save it as WebP without metadata"), override("en"):
        picture_as_is(data)


def test_a_packages_picture_is_no_wider_than_ours() -> None:
    with pytest.raises(ValidationError, match="larger than 1600 × 4000 pixels"), override("en"):
        picture_as_is(saved(image(1700, 10), "WEBP"))
