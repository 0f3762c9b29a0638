"""A drawing may only be looked at: whatever acts or reaches out is refused by name."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from lessons.drawings import drawing_size, safe_drawing
from lessons.pictures import picture_from

FIGURES = sorted(Path("lessons/curriculum").glob("*/*/figures/*.svg"))
DARK = "@media (prefers-color-scheme:dark){.ink{stroke:#eaf0fb}}"


def svg(inside: str = "", attributes: str = 'viewBox="0 0 640 360"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()


def refusal(data: bytes) -> str:
    with pytest.raises(ValidationError) as error, override("en"):
        picture_from(data)
    return error.value.messages[0]


def test_a_drawing_keeps_its_styles_for_light_and_dark() -> None:
    style = f"<style>.ink{{stroke:#12233b;stroke-width:7}}{DARK}</style>"
    picture = picture_from(svg(f'{style}<path class="ink" d="M0 0L9 9"/>'))
    assert (picture.mime, picture.width, picture.height) == ("image/svg+xml", 640, 360)
    assert f".ink{{stroke:#12233b;stroke-width:7}}{DARK}" in picture.data.decode()
    assert b'<path class="ink"' in picture.data


def test_there_are_figures_to_check() -> None:
    assert FIGURES


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.name)
def test_each_figure_of_the_curriculum_keeps_its_dark_colours(path: Path) -> None:
    assert b"@media (prefers-color-scheme:dark)" in safe_drawing(path.read_bytes())


def test_the_same_drawing_comes_out_the_same() -> None:
    once = safe_drawing(svg('<circle cx="1" cy="1" r="1"/>'))
    assert safe_drawing(once) == once


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ("<script>alert(1)</script>", "The SVG holds “script”"),
        ("<ScRiPt>alert(1)</ScRiPt>", "The SVG holds “ScRiPt”"),
        ("<foreignObject><p/></foreignObject>", "The SVG holds “foreignObject”"),
        ('<animate attributeName="href" to="javascript:1"/>', "The SVG holds “animate”"),
        ('<g onclick="alert(1)"/>', "The SVG holds a script (“onclick”)"),
        ('<a href="javascript:alert(1)"><g/></a>', "The SVG refers to “javascript:alert(1)”"),
        ('<a xmlns:x="http://www.w3.org/1999/xlink" x:href="https://e.org"/>', "The SVG refers to “https://e.org”"),
        ('<image href="data:image/png;base64,AAAA"/>', "The SVG refers to “data:image/png;base64,AAAA”"),
        ("<style>@import 'x.css';</style>", "The styles of the SVG load something from elsewhere"),
        ("<style>.a{fill:url(https://e.org)}</style>", "The styles of the SVG load something from elsewhere"),
        (r"<style>.a{fill:\75rl(https://e.org)}</style>", "The styles of the SVG load something from elsewhere"),
        ('<g style="fill:url( https://e.org )"/>', "The SVG loads something from elsewhere (“style”)"),
        ('<g fill="url(//e.org#a)"/>', "The SVG loads something from elsewhere (“fill”)"),
        ('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>', "The SVG repeats parts within repeated parts"),
    ],
)
def test_a_drawing_that_acts_is_refused(inside: str, message: str) -> None:
    assert refusal(svg(inside)).startswith(message)


def test_a_handler_on_the_drawing_itself_is_refused() -> None:
    assert refusal(svg(attributes='viewBox="0 0 1 1" onload="alert(1)"')).startswith("The SVG holds a script")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("&a;"), "The SVG holds a DOCTYPE or entities"),
        (b'<?xml-stylesheet href="x"?>' + svg(), "The SVG loads a style sheet from elsewhere"),
        (svg("<g>"), "The SVG cannot be read"),
        (b"<html><svg></svg></html>", "The SVG cannot be read"),
        (b'<svg viewBox="0 0 1 1"></svg>', "The SVG cannot be read"),
    ],
)
def test_what_is_no_plain_drawing_is_refused(data: bytes, message: str) -> None:
    assert refusal(data).startswith(message)


def test_a_part_may_be_repeated_and_filled_from_within() -> None:
    inside = '<g id="a"/><use href="#a"/><use href="#a" x="9"/><path fill="url(#p)" d="M0 0"/>'
    assert b'<use href="#a"' in safe_drawing(svg(inside))


def test_what_an_editor_knows_of_its_user_is_taken_away() -> None:
    inside = "<!-- by Rana --><metadata>Rana</metadata><path d='M0 0'/>"
    assert b"Rana" not in safe_drawing(svg(inside, 'xmlns:s="http://s.example" s:doc="/home/Rana" viewBox="0 0 1 1"'))


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 640 360"', (640, 360)),
        ('viewBox="-5,-5,100.6,50"', (101, 50)),
        ('width="32px" height="16"', (32, 16)),
        ('width="100%" height="100%" viewBox="0 0 24 12"', (24, 12)),
    ],
)
def test_a_drawing_says_its_size(attributes: str, size: tuple[int, int]) -> None:
    assert drawing_size(svg(attributes=attributes)) == size


@pytest.mark.parametrize(
    "attributes", ["", 'width="100%" height="100%"', 'viewBox="0 0 0 0"', 'viewBox="0 0 1 9999999"']
)
def test_a_drawing_without_a_size_is_refused(attributes: str) -> None:
    assert refusal(svg(attributes=attributes)).startswith("The SVG does not say its size")
