"""The checks of the starter curriculum: no question of one is answered by another of the same check."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

CURRICULUM = Path(__file__).parents[3] / "lessons" / "curriculum"
SUIT_ANY = {"cm", "سم", "sec", "ث", "min", "د", "a minute", "في الدقيقة", "per home", "لكل بيت"}
CHECKS = sorted(CURRICULUM.glob("*/*/quiz.yaml"))


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.parent.name)
def test_a_check_asks_one_question_of_each_pool(path: Path) -> None:
    check = yaml.safe_load(path.read_text(encoding="utf-8"))
    rows = Counter({row["pool"]: row["count"] for row in check["draw_rows"]})
    assert set(rows) == {question.get("pool") for question in check["questions"]}
    assert set(rows.values()) == {1}
    assert rows.total() == check["draw"] == 5


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.parent.name)
def test_a_unit_suits_any_number(path: Path) -> None:
    questions = yaml.safe_load(path.read_text(encoding="utf-8"))["questions"]
    units = {words["unit"] for question in questions for words in question["texts"].values() if "unit" in words}
    assert units <= SUIT_ANY
