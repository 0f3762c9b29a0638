"""Pictures are sent each with a form of its own, from a page of their own or to the library alone."""

import io
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from lessons.models import CourseEdition, Lesson, LessonText, Media, PictureCredit, Revision, RevisionMedia
from portal.accounts.models import AuditEntry
from tests.factories import RevisionFactory
from tests.portal.studio.people import LESSON, drafts, text_of
from tests.portal.studio.pictures.walks import ADD, CC_BY, photograph

pytestmark = pytest.mark.django_db
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}
WORDS = {"picture-alt_en": "A leg.", "picture-alt_ar": "ساق."}


def send(client: Client, file: Any, fields: dict[str, str] | None = None, *, script: bool = False) -> Any:
    sent = (fields or {}) | ({"picture-file": file} if file else {})
    return client.post(ADD, sent, headers=SCRIPT if script else None)


def to_lesson(client: Client, file: Any, fields: dict[str, str] | None = None, *, script: bool = False) -> Any:
    return send(client, file, {"lesson": "bleeding"} | WORDS | (fields or {}), script=script)


def test_one_sent_to_a_lesson_is_in_its_drafts(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    response = to_lesson(writing, photograph())
    assert response.headers["Location"] == f"{LESSON}#picture-{Media.objects.get().pk}"
    assert drafts(lesson) == ["ar", "en"]
    assert set(RevisionMedia.objects.values_list("name", "alt")) == {
        ("figures/leg.webp", "A leg."),
        ("figures/leg.webp", "ساق."),
    }


def test_who_made_it_is_kept_with_it(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    to_lesson(writing, photograph(), CC_BY)
    assert PictureCredit.objects.get().author == "Huda al-Amin"


def test_half_a_credit_is_refused_and_nothing_is_kept(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    response = to_lesson(writing, photograph(), {"credit-author": "Huda"})
    assert response.status_code == 422
    assert "Choose the licence." in text_of(response)
    assert 'value="Huda"' in text_of(response)
    assert not Media.objects.exists()


def test_one_for_no_lesson_waits_in_the_library(writing: Client) -> None:
    response = send(writing, photograph())
    media = Media.objects.get()
    assert response.headers["Location"] == f"/en/studio/pictures/{media.pk}/"
    assert media.uploaded
    assert not RevisionMedia.objects.exists()


def test_the_script_gets_the_picture_in_the_place_of_the_form(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    html = text_of(to_lesson(writing, photograph(), script=True))
    assert "data-picture-kept" in html
    assert f"/media/{Media.objects.get().sha256}.webp" in html
    assert "<html" not in html


def test_the_script_gets_the_form_with_what_is_to_be_mended(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    response = to_lesson(writing, photograph(), {"picture-alt_ar": ""}, script=True)
    html = text_of(response)
    assert response.status_code == 422
    assert "for those who cannot see it" in html
    assert 'value="A leg."' in html
    assert "<html" not in html


def test_the_same_bytes_are_one_picture_and_that_is_said(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    send(writing, photograph())
    html = text_of(to_lesson(writing, photograph("another name.png"), script=True))
    assert "in the library already" in html
    assert Media.objects.count() == 1


def test_it_is_written_down_who_sent_it(writing: Client, instructor: Any) -> None:
    send(writing, photograph())
    entry = AuditEntry.objects.get(deed="picture.uploaded")
    assert (entry.actor, entry.detail) == (instructor, {"picture": Media.objects.get().pk})


def test_a_form_without_a_file_asks_for_it(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    for fields in ({}, {"lesson": "bleeding"}, {"lesson": "bleeding"} | WORDS):
        response = send(writing, None, fields)
        assert response.status_code == 422
        assert response.context["form"].errors["file"]


def test_a_lesson_in_review_takes_none(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    text = LessonText.objects.get(lesson=lesson, language="en")
    RevisionFactory(text=text, number=2, state="in_review", published_at=None)
    response = to_lesson(writing, photograph())
    assert response.status_code == 422
    assert "In review, so no picture can be added: English." in text_of(response)
    assert Revision.objects.filter(state="draft").count() == 0


def animated() -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


def bomb() -> bytes:
    """A PNG of a few kilobytes that says it is 20 000 × 20 000 pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    head = (20_000).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(9_999))) + chunk(b"IEND", b"")
    )


def text_bomb() -> bytes:
    """A PNG whose compressed text unpacks to 80 MB."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30)).save(out, "PNG")
    data = out.getvalue()
    body = b"zTXt" + b"Comment\0\0" + zlib.compress(bytes(80_000_000))
    chunk = (len(body) - 4).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")
    return data[:33] + chunk + data[33:]


def svg(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90">{inside}</svg>'.encode()


WHOLE = photograph().read()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x89PNG" + bytes(10 * 1024 * 1024), "larger than 10 MB"),
        (b"PK\x03\x04 a zip", "zip archive"),
        (b"<html><script>alert(1)</script></html>", "not a picture"),
        (b"%PDF-1.7 a document", "not a picture"),
        (bomb(), "more than 25 megapixels"),
        (text_bomb(), "damaged"),
        (animated(), "This picture moves"),
        (WHOLE[: len(WHOLE) // 2], "damaged"),
        (svg("<script>alert(1)</script>"), "“script”"),
        (svg('<path onload="alert(1)"/>'), "“onload”"),
        (svg('<image href="https://elsewhere.example/a.png"/>'), "refers to “https://elsewhere.example/a.png”"),
        (svg('<a href="javascript:alert(1)"><path/></a>'), "refers to “javascript:alert(1)”"),
        (svg("<foreignObject><p>x</p></foreignObject>"), "“foreignObject”"),
        (svg('<style>@import "https://elsewhere.example/a.css";</style>'), "load something from elsewhere"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("&a;"), "DOCTYPE or entities"),
    ],
    ids=[
        *(
            "10 MB",
            "zip",
            "html",
            "pdf",
            "bomb",
            "text bomb",
            "moving",
            "cut off",
            "script",
            "handler",
            "image",
            "link",
        ),
        *("foreign", "import", "entities"),
    ],
)
def test_each_refusal_says_why_beside_the_file(writing: Client, data: bytes, message: str) -> None:
    response = send(writing, SimpleUploadedFile("leg.png", data), script=True)
    assert response.status_code == 422
    assert message in str(response.context["form"].errors["file"].as_data())
    assert not Media.objects.exists()


def test_what_follows_a_picture_in_its_file_is_not_kept(writing: Client, settings: Any) -> None:
    send(writing, SimpleUploadedFile("leg.png", WHOLE + b"<script>alert(1)</script>"))
    assert b"script" not in (settings.MEDIA_ROOT / Media.objects.get().file).read_bytes()


def test_a_drawing_is_served_so_that_it_can_run_nothing(writing: Client, client: Client) -> None:
    send(writing, SimpleUploadedFile("leg.svg", svg('<path d="M0 0L9 9"/>')))
    answer = client.get(f"/media/{Media.objects.get().sha256}.svg")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_page_says_for_which_lesson_it_is(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    html = text_of(writing.get(f"{ADD}?lesson=bleeding"))
    assert "Severe bleeding" in html
    assert f'href="{LESSON}#pictures"' in html
