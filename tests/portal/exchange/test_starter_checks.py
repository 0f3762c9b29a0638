"""The checks of the starter curriculum: questions that would answer each other share a pool, and one is asked."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

CURRICULUM = Path(__file__).parents[3] / "lessons" / "curriculum"
SUIT_ANY = {
    "in weeks",
    "بالأسابيع",
    "in level teaspoons",
    "بالملعقة الصغيرة الممسوحة",
    "in a row",
    "على التوالي",
    "m",
    "م",
    "mg",
    "ملغ",
    "cm",
    "سم",
    "sec",
    "ث",
    "min",
    "د",
    "a minute",
    "في الدقيقة",
    "per home",
    "لكل بيت",
    "m²",
    "م²",
    "h",
    "س",
    "a year",
    "في السنة",
    "at least",
    "على الأقل",
    "in 1 m²",
    "في 1 م²",
    "in all",
    "في المجموع",
    "in days",
    "بالأيام",
    "in months",
    "بالأشهر",
    "in years",
    "بالسنوات",
    "in drops",
    "بالقطرات",
    "in litres",
    "باللترات",
}
CHECKS = sorted(CURRICULUM.glob("*/*/quiz.yaml"))


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.parent.name)
def test_a_check_draws_from_each_of_its_pools_and_leaves_some_of_each_bigger_one(path: Path) -> None:
    check = yaml.safe_load(path.read_text(encoding="utf-8"))
    held = Counter(question.get("pool") for question in check["questions"])
    rows = Counter({row["pool"]: row["count"] for row in check["draw_rows"]})
    assert set(rows) == set(held)
    assert all(rows[pool] < held[pool] or held[pool] == 1 for pool in rows)
    assert rows.total() == check["draw"] == 5


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.parent.name)
def test_a_unit_suits_any_number(path: Path) -> None:
    questions = yaml.safe_load(path.read_text(encoding="utf-8"))["questions"]
    units = {words["unit"] for question in questions for words in question["texts"].values() if "unit" in words}
    assert units <= SUIT_ANY
