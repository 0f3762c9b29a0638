"""A stored photograph has renditions: narrower ones, smaller ones, never a wider one, and always the same ones."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override
from PIL import Image
from pytest_django import Settings

from lessons.models import Media, Rendition
from lessons.pictures import media_of, picture_from, store_upload, write_file
from lessons.renditions import AVIF, WEBP, WIDTHS, make_renditions
from tests.factories import MediaFactory

pytestmark = pytest.mark.django_db
ORIENTATION = 0x0112


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def photograph(width: int = 1400, height: int = 700) -> Image.Image:
    """Something between a photograph's noise and its smooth sky."""
    sky = Image.radial_gradient("L").resize((width, height))
    ground = Image.linear_gradient("L").rotate(90).resize((width, height))
    return Image.merge("RGB", [sky, ground, sky])


def upload(image: Image.Image, name: str = "hands.jpg", **options: object) -> Media:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95, **options)
    return store_upload(SimpleUploadedFile(name, out.getvalue()))


def widths(media: Media, mime: str) -> list[int]:
    return sorted(media.renditions.filter(mime=mime).values_list("width", flat=True))


def opened(rendition: Rendition, folder: Path) -> Image.Image:
    return Image.open(folder / rendition.file)


def test_a_photograph_has_every_width_below_its_own() -> None:
    assert widths(upload(photograph()), WEBP) == [320, 480, 640, 960, 1280]


def test_nothing_is_made_wider() -> None:
    assert widths(upload(photograph(700, 400)), WEBP) == [320, 480, 640]
    assert widths(upload(photograph(320, 100), "small.jpg"), WEBP) == []


def test_a_rendition_is_what_its_row_says(folder: Path) -> None:
    media = upload(photograph())
    for row in media.renditions.all():
        image = opened(row, folder)
        assert (image.size, f"image/{image.format}".lower()) == ((row.width, row.height), row.mime)
        assert (folder / row.file).stat().st_size == row.size
        assert abs(row.width / row.height - 2) < 0.02


def test_an_avif_is_kept_only_where_it_is_smaller() -> None:
    media = upload(photograph())
    sizes = {row.width: row.size for row in media.renditions.filter(mime=WEBP)} | {media.width: media.size}
    avif = media.renditions.filter(mime=AVIF)
    assert avif.count() > 0
    assert all(row.size < sizes[row.width] for row in avif)
    speck = upload(Image.new("RGB", (2, 2), "red"), "speck.jpg")  # an AVIF's frame alone is larger than this WebP
    assert not speck.renditions.exists()


def test_a_rendition_forgets_the_camera_and_stands_upright(folder: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "Camera of Rana"
    media = upload(photograph(), exif=exif)
    assert media.height > media.width
    for row in media.renditions.all():
        image = opened(row, folder)
        assert dict(image.getexif()) == {}
        assert image.height > image.width
        assert b"Rana" not in (folder / row.file).read_bytes()


def test_making_them_again_changes_nothing(folder: Path) -> None:
    media = upload(photograph())
    before = list(media.renditions.order_by("pk").values_list("pk", "sha256"))
    files = sorted(folder.rglob("*.*"))
    assert make_renditions(media) == 0
    upload(photograph(), "the same again.jpg")
    assert list(Rendition.objects.order_by("pk").values_list("pk", "sha256")) == before
    assert sorted(folder.rglob("*.*")) == files


def test_the_same_picture_gives_the_same_bytes(folder: Path) -> None:
    first = set(upload(photograph()).renditions.values_list("sha256", flat=True))
    for path in folder.rglob("*.avif"):
        path.unlink()
    media = Media.objects.get()
    make_renditions(media)
    assert {path.stem for path in folder.rglob("*.*")} == first | {media.sha256}


def test_a_drawing_needs_none() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 600"><path d="M0 0h900"/></svg>'
    assert not store_upload(SimpleUploadedFile("a.svg", drawing)).renditions.exists()


def stored_before() -> Media:
    """A photograph from before there were renditions."""
    out = io.BytesIO()
    photograph().save(out, "PNG")
    picture = picture_from(out.getvalue())
    write_file(picture)
    return media_of(picture, "old.png")


def test_the_command_makes_those_of_pictures_that_were_stored_before(capsys: pytest.CaptureFixture[str]) -> None:
    media = stored_before()
    with override("en"):
        call_command("make_renditions")
        made = media.renditions.count()
        call_command("make_renditions")
    assert widths(media, WEBP) == list(WIDTHS)
    assert capsys.readouterr().out == f"Made: {made}\nMade: 0\n"


def test_the_command_names_a_file_that_is_missing_and_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    lost = MediaFactory(original_name="lost.webp")
    media = stored_before()
    call_command("make_renditions")
    told = capsys.readouterr().err
    assert "lost.webp" in told
    assert lost.file in told
    assert media.renditions.exists()


@pytest.mark.parametrize("mime", [WEBP, AVIF])
def test_a_rendition_is_served_for_ever(client: Client, mime: str) -> None:
    row = upload(photograph()).renditions.filter(mime=mime).first()
    if row is None:
        pytest.skip("Pillow was built without AVIF")
    response = client.get(f"/media/{row.sha256}.{row.file.rpartition('.')[2]}")
    assert (response.status_code, response.headers["Content-Type"]) == (200, mime)
    assert "immutable" in response.headers["Cache-Control"]
    assert len(b"".join(response.streaming_content)) == row.size  # type: ignore[attr-defined]
