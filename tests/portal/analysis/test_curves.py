from itertools import pairwise
from typing import Any

import pytest

from portal.analysis.curves import APART, HEIGHT, MOST, Curves, draw
from quizzes.models import ItemStatistic
from tests.portal.analysis.conftest import CHOICES


def drawn(choices: list[dict[str, Any]], *, rtl: bool = False) -> Curves:
    found = draw(ItemStatistic(people=200, choices=choices), rtl=rtl)
    assert found is not None
    return found


def test_what_is_right_rises_towards_those_who_know_most() -> None:
    key = drawn(CHOICES).curves[0]
    heights = [y for _x, y in key.points]
    assert key.right
    assert heights == sorted(heights, reverse=True)


def test_from_right_to_left_everything_is_turned() -> None:
    ltr, rtl = drawn(CHOICES), drawn(CHOICES, rtl=True)
    assert [rtl.width - x for x in rtl.thirds] == pytest.approx(list(ltr.thirds))
    assert ltr.letter_x > ltr.thirds[-1]
    assert rtl.letter_x < rtl.thirds[-1]


def test_letters_never_stand_on_one_another() -> None:
    alike = [
        {"id": str(at), "right": at == 0, "told": 200, "share": 0.2, "thirds": [0.01, 0.2, 0.3]} for at in range(MOST)
    ]
    places = sorted(curve.letter_y for curve in drawn(alike).curves)
    assert all(after - before >= APART - 0.01 for before, after in pairwise(places))
    assert places[-1] <= HEIGHT


def test_of_very_many_choices_the_key_and_the_commonest_are_drawn() -> None:
    many = [
        {"id": str(at), "right": at == 9, "told": 200, "share": at / 100, "thirds": [0.1, 0.1, 0.1]} for at in range(10)
    ]
    assert [curve.letter for curve in drawn(many).curves] == ["J", "I", "H", "G", "F", "E"]


def test_without_thirds_nothing_is_drawn() -> None:
    assert draw(ItemStatistic(people=40, choices=[CHOICES[0] | {"thirds": []}]), rtl=False) is None
