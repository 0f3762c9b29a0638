"""A package's photograph stays as it is, and is given its renditions before the text that shows it goes out."""

import io
from pathlib import Path

import pytest
from PIL import Image

from lessons.models import Media, Rendition, Revision
from portal.exchange.reading import read_package
from tests.portal.exchange.package import change, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def photographed(package: Path) -> Path:
    """The small package with a photograph in the place of a drawing."""
    out = io.BytesIO()
    Image.radial_gradient("L").resize((800, 500)).convert("RGB").save(out, "WEBP", quality=90)
    write(package, "burns/cool-it/figures/tap.webp", out.getvalue())
    for language in ("en", "ar"):
        change(package, f"burns/cool-it/lesson.{language}.md", "figures/water.svg", "figures/tap.webp")
    (package / "burns/cool-it/figures/water.svg").unlink()
    return package


def test_it_keeps_its_bytes_and_gets_its_renditions(photographed: Path, media_folder: Path) -> None:
    read_package(photographed)
    media = Media.objects.get(mime="image/webp")
    original = photographed / "burns/cool-it/figures/tap.webp"
    assert (media_folder / media.file).read_bytes() == original.read_bytes()
    assert set(media.renditions.filter(mime="image/webp").values_list("width", flat=True)) == {320, 480, 640}
    assert all((media_folder / row.file).is_file() for row in media.renditions.all())


def test_the_text_that_goes_out_offers_them(photographed: Path) -> None:
    read_package(photographed)
    revision = Revision.objects.get(text__language="en", pictures__name="figures/tap.webp")
    for row in Rendition.objects.filter(mime="image/webp"):
        assert f"/media/{row.sha256}.webp {row.width}w" in revision.html


def test_reading_it_again_makes_nothing(photographed: Path, media_folder: Path) -> None:
    read_package(photographed)
    before = {path: path.stat().st_mtime_ns for path in media_folder.rglob("*.*")}
    read_package(photographed)
    assert {path: path.stat().st_mtime_ns for path in media_folder.rglob("*.*")} == before


def test_a_dry_run_makes_none(photographed: Path, media_folder: Path) -> None:
    read_package(photographed, dry_run=True)
    assert not media_folder.exists()
    assert not Rendition.objects.exists()
