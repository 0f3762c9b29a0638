"""A part of a photograph is a picture of its own; the original stays as it is."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from lessons.crops import SMALLEST, Box, box_of, crop, focus_within
from lessons.focus import Focus
from lessons.models import Media
from lessons.pictures import store_upload

pytestmark = pytest.mark.django_db
LEFT_HALF = Box(0, 0, 200, 300)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def original(settings: Any, tmp_path: Path) -> Media:
    """400 × 300 pixels, the left half red, the right half blue."""
    settings.MEDIA_ROOT = tmp_path
    image = Image.new("RGB", (400, 300), "blue")
    image.paste("red", (0, 0, 200, 300))
    out = io.BytesIO()
    image.save(out, "PNG")
    return store_upload(SimpleUploadedFile("leg.png", out.getvalue()))


def opened(media: Media) -> Image.Image:
    return Image.open(settings.MEDIA_ROOT / media.file)


def test_it_shows_what_lies_within_the_rectangle(original: Media) -> None:
    made = crop(original, LEFT_HALF).media
    image = opened(made).convert("RGB")
    assert image.size == (made.width, made.height) == (200, 300)
    extrema: Any = image.getextrema()
    assert extrema[0][0] > 200  # the least red of it
    assert extrema[2][1] < 50  # the most blue of it


def test_the_original_is_kept_and_known(original: Media) -> None:
    before = (settings.MEDIA_ROOT / original.file).read_bytes()
    made = crop(original, LEFT_HALF).media
    assert made.cropped_from == made.original == original
    assert (settings.MEDIA_ROOT / original.file).read_bytes() == before
    assert box_of(made) == LEFT_HALF


def test_a_crop_of_a_crop_begins_from_the_original(original: Media) -> None:
    first = crop(original, LEFT_HALF).media
    second = crop(first, Box(150, 0, 250, 300)).media
    assert second.cropped_from == original
    assert (second.width, second.height) == (250, 300)


def test_the_same_crop_is_kept_once(original: Media) -> None:
    first, again = crop(original, LEFT_HALF), crop(original, LEFT_HALF)
    assert first.media == again.media
    assert (first.known, again.known) == (False, True)


def test_it_has_renditions_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    out = io.BytesIO()
    Image.radial_gradient("L").resize((900, 600)).save(out, "PNG")
    made = crop(store_upload(SimpleUploadedFile("wide.png", out.getvalue())), Box(0, 0, 700, 600)).media
    widths = made.renditions.filter(mime="image/webp").order_by("width").values_list("width", flat=True)
    assert list(widths) == [320, 480, 640]


@pytest.mark.parametrize(
    ("box", "message"),
    [
        (Box(0, 0, 400, 300), "whole picture"),
        (Box(300, 0, 101, 300), "leaves the picture, which is 400 × 300"),
        (Box(0, 260, 100, 41), "leaves the picture"),
        (Box(0, 0, SMALLEST - 1, 300), "at least 40 pixels"),
    ],
)
def test_a_rectangle_that_cannot_be_is_refused(original: Media, box: Box, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        crop(original, box)
    assert Media.objects.count() == 1


def test_a_drawing_is_not_cropped(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90"><path d="M0 0L9 9"/></svg>'
    with pytest.raises(ValidationError, match="A drawing is not cropped"):
        crop(store_upload(SimpleUploadedFile("a.svg", drawing)), Box(0, 0, 50, 50))


def test_a_crop_of_what_a_person_sent_was_sent_by_a_person(original: Media) -> None:
    assert crop(original, LEFT_HALF).media.uploaded


@given(
    point=st.tuples(st.integers(0, 100), st.integers(0, 100)),
    left=st.integers(0, 300),
    top=st.integers(0, 200),
    width=st.integers(40, 400),
    height=st.integers(40, 300),
)
def test_the_focus_stays_on_the_same_spot_or_goes_to_the_middle(
    point: tuple[int, int], left: int, top: int, width: int, height: int
) -> None:
    whole = Box(0, 0, 400, 300)
    box = Box(left, top, min(width, 400 - left), min(height, 300 - top))
    found = focus_within(Focus(*point), whole, box)
    spot = (400 * point[0] / 100, 300 * point[1] / 100)
    again = (box.left + box.width * found.x / 100, box.top + box.height * found.y / 100)
    near = abs(spot[0] - again[0]) <= box.width / 100 and abs(spot[1] - again[1]) <= box.height / 100
    assert near or found == Focus()
    assert 0 <= found.x <= 100
    assert 0 <= found.y <= 100
