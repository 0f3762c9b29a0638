"""A place in a picture over HTTP: in a check and in a final."""

import re
from typing import Any

import pytest
from django.test import Client

from lessons.models import Rendition
from quizzes.models import Attempt, Response
from tests.factories import HOTSPOT, MediaFactory, check_of, published_course, published_lesson
from tests.quizzes.test_check_pages import CHECK, first_answer, hidden

pytestmark = pytest.mark.django_db
FINAL = "/en/courses/first-aid/final/"
HASH = "c" * 64


@pytest.fixture
def guest() -> Client:
    return Client(enforce_csrf_checks=True)


def asks(**fields: Any) -> None:
    """A course whose one lesson asks about a picture that is kept."""
    MediaFactory(sha256=HASH, mime="image/svg+xml", file=f"cc/{HASH}.svg", height=400)
    lesson = published_lesson()
    check_of(lesson, [HOTSPOT])
    published_course(lessons=[lesson], **fields)


def page_of(guest: Client, language: str = "en") -> str:
    return guest.get(CHECK.replace("/en/", f"/{language}/")).content.decode()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_region_is_a_named_radio_button_and_a_label_on_the_picture(guest: Client, language: str) -> None:
    asks()
    page = page_of(guest, language)
    for region, name in HOTSPOT["words"][language]["regions"].items():
        assert re.search(rf'<input type="radio"\s+name="answer"\s+value="{region}"\s+id="answer-{region}"', page)
        assert name in page
        assert f'<label for="answer-{region}"></label>' in page


def test_the_picture_is_shown_with_its_alternative_text(guest: Client) -> None:
    asks()
    page = page_of(guest)
    assert re.search(rf'<img src="/media/{HASH}\.svg" width="640" height="400" alt="A chest seen from above', page)


def test_a_photograph_comes_in_its_renditions(guest: Client) -> None:
    asks()
    spec = HOTSPOT | {
        "structure": HOTSPOT["structure"] | {"picture": {"file": f"{'d' * 64}.webp", "width": 640, "height": 400}}
    }
    media = MediaFactory(sha256="d" * 64, file=f"dd/{'d' * 64}.webp", height=400)
    fields = {"mime": "image/webp", "file": "ee/e.webp", "sha256": "e" * 64, "size": 10, "width": 320, "height": 200}
    Rendition.objects.create(media=media, **fields)
    lesson = published_lesson("burns")
    check_of(lesson, [spec])
    published_course("burns-course", lessons=[lesson])
    page = guest.get("/en/courses/burns-course/burns/quiz/").content.decode()
    assert "<picture>" in page
    assert "320w" in page


def test_a_picture_that_is_gone_leaves_its_words(guest: Client) -> None:
    lesson = published_lesson()
    check_of(lesson, [HOTSPOT])
    published_course(lessons=[lesson])
    assert 'alt="A chest seen from above' in page_of(guest)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_of_the_key_is_sent_before_the_answer(guest: Client, language: str) -> None:
    asks()
    assert not re.search(r"EXPLANATION|WHY-|checked|answer_key|feedback|mark-right", page_of(guest, language))


def test_the_right_region_is_right(guest: Client) -> None:
    asks()
    page = guest.get(first_answer(guest, "bone").headers["Location"]).content.decode()
    assert "verdict-right" in page
    assert Response.objects.get().answer == "bone"
    assert Attempt.objects.get().passed


def test_the_feedback_marks_the_right_and_the_chosen_region_in_the_picture(guest: Client) -> None:
    asks()
    page = guest.get(first_answer(guest, "side").headers["Location"]).content.decode()
    assert "verdict-wrong" in page
    assert "WHY-NOT-SIDE" in page
    assert "WHY-NOT-BELLY" not in page
    marks = re.findall(r'<g class="(mark[^"]*)">.*?<text class="mark-number" y="1.6">([^<]*)</text>', page, re.DOTALL)
    assert marks == [("mark mark-right", "1 ✓"), ("mark mark-wrong", "2 ✗"), ("mark", "3")]
    assert "<label" not in page.split('class="marks"')[1].split("</svg>")[0]


@pytest.mark.parametrize(("sent", "said"), [("", "Choose a place in the picture"), ("toe", "That place is not one")])
def test_an_answer_that_is_no_region_is_refused(guest: Client, sent: str, said: str) -> None:
    asks()
    response = first_answer(guest, sent)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Attempt.objects.exists()


def test_a_final_keeps_the_answer_until_it_is_changed(guest: Client) -> None:
    asks(final={"draw": 1})
    guest = Client()
    place = guest.post(FINAL).headers["Location"]
    for answer in ("side", "bone"):
        guest.post(place, hidden(guest.get(place).content.decode()) | {"answer": answer})
        assert re.search(rf'value="{answer}"\s+id="answer-{answer}"\s+checked', guest.get(place).content.decode())
    result = guest.post(place.replace("/1/", "/overview/"), follow=True).content.decode()
    assert "mark-right" in result
    assert "EXPLANATION" in result


def test_the_regions_lie_the_same_in_both_directions(guest: Client) -> None:
    asks()
    rects = [re.findall(r'<rect class="mark-line" [^>]*>', page_of(guest, language)) for language in ("en", "ar")]
    assert rects[0] == rects[1]
    assert rects[0]


def test_the_script_that_keeps_the_page_still_comes_with_the_picture(guest: Client) -> None:
    asks()
    assert "js/hotspot" in page_of(guest)
