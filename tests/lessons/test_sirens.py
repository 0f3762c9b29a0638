"""The rhythm of a siren is drawn as long as it lasts, each tone where it sounds."""

import re

import pytest
from django.utils.translation import override

from lessons.rows import Pattern
from lessons.sirens import BOTTOM, LOW, MIDDLE, TOP, WIDTH, line_of, shown

ROW = '<div class="sirens"><p class="block-title">Rhythms</p><ul>{}</ul></div>'
STEADY = '<li class="siren" data-pattern="steady,60,0,1"><strong>Steady.</strong> One tone.</li>'


def strokes(path: str) -> list[tuple[float, float, float]]:
    """Where each straight tone begins, how high it is, and how long."""
    found = re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)", path)
    return [(float(start), float(height), float(length)) for start, height, length in found]


def test_a_steady_tone_is_one_line_from_end_to_end() -> None:
    assert strokes(line_of(Pattern("steady", 60))) == [(0, MIDDLE, WIDTH)]


def test_tones_and_pauses_are_as_long_as_they_sound() -> None:
    tones = strokes(line_of(Pattern("on", 5, 5, 6)))
    assert [start for start, _height, _length in tones] == pytest.approx(
        [turn * WIDTH * 10 / 55 for turn in range(6)], abs=0.01
    )
    assert [length for _start, _height, length in tones] == pytest.approx([WIDTH * 5 / 55] * 6, abs=0.01)


def test_a_deep_tone_stands_lower() -> None:
    assert {height for _start, height, _length in strokes(line_of(Pattern("low", 20, 10, 12)))} == {LOW}
    assert LOW > MIDDLE


def test_a_wave_rises_and_falls_as_often_as_it_sounds_and_ends_at_the_end() -> None:
    curves = re.findall(r"c[\d.]+ 0 [\d.]+ (-?\d+) ([\d.]+) -?\d+", line_of(Pattern("wave", 4, 0, 15)))
    assert [int(turn) for turn, _width in curves] == [TOP - BOTTOM, BOTTOM - TOP] * 15
    assert sum(float(width) for _turn, width in curves) == pytest.approx(WIDTH)


def test_each_rhythm_has_a_line_its_length_and_a_button_that_waits_for_a_script() -> None:
    with override("en"):
        page = shown(ROW.format(STEADY))
    assert f'd="M0.00 {MIDDLE}h{WIDTH}.00"' in page
    assert "<strong>Steady.</strong> One tone." in page
    assert "1 minute" in page
    assert re.search(r'<button type="button"[^>]* data-siren="steady,60,0,1"[^>]* hidden>', page)


def test_the_sounds_are_said_to_be_made_up_once() -> None:
    with override("en"):
        page = shown(ROW.format(STEADY + STEADY))
    assert page.count("The sounds are made up.") == 1
    assert page.count("<dialog") == 1


def test_a_text_without_sirens_is_left_as_it_is() -> None:
    assert shown("<p>Go.</p>") == "<p>Go.</p>"
