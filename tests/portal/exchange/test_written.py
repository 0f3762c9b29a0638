"""Questions in a package whose answer is typed, or chosen in the gaps of a text."""

from pathlib import Path

import pytest

from portal.exchange.faults import PackageFaults
from portal.exchange.reading import read_package
from quizzes.models import QuestionText, QuestionVersion
from tests.portal.exchange.package import change

pytestmark = pytest.mark.django_db

QUIZ = "burns/cover-it/quiz.yaml"
WRITTEN = """\
questions:
  - key: BU-2-Q3
    kind: short_answer
    skills: {cool-a-burn: 1}
    spelling: lenient
    options: [water, ice]
    right: {water: [water, ماء]}
    wrong: {ice: [ice, ثلج]}
    texts:
      en:
        stem: "What cools a burn?"
        options: {water: "Water", ice: "Ice"}
        explanation: "Cool water."
        feedback: {ice: "It harms the skin."}
      ar:
        stem: "بماذا يُبرَّد الحرق؟"
        options: {water: "الماء", ice: "الثلج"}
        explanation: "ماء بارد."
        feedback: {ice: "يؤذي الجلد."}
  - key: BU-2-Q4
    kind: gap_fill
    skills: {cool-a-burn: 1}
    gaps: {what: [film, wool], how: [loose, tight]}
    right: {what: film, how: [loose]}
    texts:
      en:
        stem: "Fill the gaps."
        text: "Cover it with {what}, {how}."
        choices: {what: {film: "film", wool: "wool"}, how: {loose: "loosely", tight: "tightly"}}
        explanation: "Wool sticks."
        feedback: {what:wool: "It sticks."}
      ar:
        stem: "املأوا الفراغات."
        text: "غطّوه {how} بواسطة {what}."
        choices: {what: {film: "غلاف", wool: "صوف"}, how: {loose: "برفق", tight: "بشدّ"}}
        explanation: "الصوف يلتصق."
"""


@pytest.fixture
def written(package: Path) -> Path:
    """The package with a question of each of these kinds before the others."""
    change(package, QUIZ, "questions:\n", WRITTEN)
    return package


def test_both_are_stored_as_they_are_written(written: Path) -> None:
    read_package(written)
    short = QuestionVersion.objects.get(question__key="BU-2-Q3")
    assert short.structure == {"options": ["water", "ice"], "spelling": "lenient"}
    assert short.answer_key == {"right": {"water": ["water", "ماء"]}, "wrong": {"ice": ["ice", "ثلج"]}}
    gaps = QuestionVersion.objects.get(question__key="BU-2-Q4")
    assert gaps.structure == {"gaps": {"what": ["film", "wool"], "how": ["loose", "tight"]}}
    assert gaps.answer_key == {"right": {"what": "film", "how": ["loose"]}}
    words = QuestionText.objects.get(version=gaps, language="en").words
    assert (words["text"], words["feedback"]) == ("Cover it with {what}, {how}.", {"what:wool": "It sticks."})


def test_reading_them_again_changes_nothing(written: Path) -> None:
    read_package(written)
    assert read_package(written).changed == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("spelling: lenient", "spelling: free", f"{QUIZ}:6: questions.1.spelling"),
        ("right: {water: [water, ماء]}", "right: {water: water}", f"{QUIZ}:8: questions.1.right.water must be a list"),
        ("right: {water: [water, ماء]}", "right: water", f"{QUIZ}:8: questions.1.right must have fields"),
        (
            "wrong: {ice: [ice, ثلج]}",
            "wrong: {ice: [Water!]}",
            f"{QUIZ}:9: wrong: “Water!” stands for water and for ice",
        ),
        ("wrong: {ice: [ice, ثلج]}", "wrong: {snow: [ice, ثلج]}", f"{QUIZ}:8: right and wrong: missing ice"),
        ('water: "Water", ice: "Ice"', 'water: "Milk", ice: "Ice"', f"{QUIZ}:13: options: water: “Milk” is not among"),
        ('feedback: {ice: "It harms the skin."}', "feedback: {}", f"{QUIZ}:15: feedback (one for each wrong option)"),
        ("    gaps: {what: [film, wool], how: [loose, tight]}\n", "", "questions.2.gaps is missing. Write it."),
        ("how: [loose, tight]}\n", "how: [loose]}\n", f"{QUIZ}:24: questions.2.gaps.how"),
        ("right: {what: film, how", "right: {what: foil, how", f"{QUIZ}:25: right: foil not among the choices of what"),
        ('"Cover it with {what}, {how}."', '"Cover it with {what}."', f"{QUIZ}:29: text: missing how."),
        ('"Cover it with {what}, {how}."', '"{what} {what} {how}"', f"{QUIZ}:29: text: what stands twice."),
        ('film: "film", wool: "wool"', 'film: "film"', f"{QUIZ}:30: choices: what: missing wool."),
        ("{what:wool:", "{what:film:", f"{QUIZ}:32: feedback (only for wrong choices): unknown what:film."),
    ],
)
def test_a_fault_in_one_names_its_line_and_what_to_do(written: Path, old: str, new: str, fault: str) -> None:
    change(written, QUIZ, old, new)
    with pytest.raises(PackageFaults) as found:
        read_package(written)
    told = [str(one) for one in found.value.faults]
    assert [one for one in told if fault in one], "\n".join(told)
