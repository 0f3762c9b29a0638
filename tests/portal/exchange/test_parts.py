"""Questions in a package that have several parts, or whose answer is written."""

from pathlib import Path

import pytest

from portal.exchange.faults import PackageFaults
from portal.exchange.reading import read_package
from quizzes.models import QuestionText, QuestionVersion
from tests.portal.exchange.package import change

pytestmark = pytest.mark.django_db

QUIZ = "burns/cover-it/quiz.yaml"
PARTS = """\
questions:
  - key: BU-2-Q3
    kind: ordering
    skills: {cool-a-burn: 1}
    options: [cool, rings, cover, call]
    right: [cool, [rings, call], cover]
    texts:
      en:
        stem: "In what order?"
        options: {cool: "Cool it", rings: "Take rings off", cover: "Cover it", call: "Call"}
        explanation: "Cool first."
        feedback: {cover: "A cover holds the heat."}
      ar:
        stem: "بأي ترتيب؟"
        options: {cool: "برّدوا", rings: "انزعوا الخواتم", cover: "غطّوا", call: "اتصلوا"}
        explanation: "التبريد أولًا."
  - key: BU-2-Q4
    kind: matching
    skills: {cool-a-burn: 1}
    prompts: [hand, eye]
    options: [water, cling, rinse]
    right: {hand: water, eye: rinse}
    texts:
      en:
        stem: "What for which?"
        prompts: {hand: "A burnt hand", eye: "A splash in the eye"}
        options: {water: "Cool water", cling: "Cling film", rinse: "A long rinse"}
        explanation: "Water for both."
      ar:
        stem: "ماذا لماذا؟"
        prompts: {hand: "يد محروقة", eye: "رذاذ في العين"}
        options: {water: "ماء بارد", cling: "غلاف", rinse: "غسل طويل"}
        explanation: "الماء لكليهما."
"""
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
def parts(package: Path) -> Path:
    """The package with steps to put in order and pairs to match before the other questions."""
    change(package, QUIZ, "questions:\n", PARTS)
    return package


@pytest.fixture
def written(package: Path) -> Path:
    """The package with a short answer and a text with gaps before the other questions."""
    change(package, QUIZ, "questions:\n", WRITTEN)
    return package


def test_steps_and_pairs_are_stored_as_they_are_written(parts: Path) -> None:
    read_package(parts)
    ordering = QuestionVersion.objects.get(question__key="BU-2-Q3")
    assert ordering.structure == {"options": ["cool", "rings", "cover", "call"]}
    assert ordering.answer_key == {"right": ["cool", ["rings", "call"], "cover"]}
    matching = QuestionVersion.objects.get(question__key="BU-2-Q4")
    assert matching.structure == {"prompts": ["hand", "eye"], "options": ["water", "cling", "rinse"]}
    assert matching.answer_key == {"right": {"hand": "water", "eye": "rinse"}}
    words = QuestionText.objects.get(version=matching, language="ar").words
    assert words["prompts"] == {"hand": "يد محروقة", "eye": "رذاذ في العين"}


def test_spellings_and_gaps_are_stored_as_they_are_written(written: Path) -> None:
    read_package(written)
    short = QuestionVersion.objects.get(question__key="BU-2-Q3")
    assert short.structure == {"options": ["water", "ice"], "spelling": "lenient"}
    assert short.answer_key == {"right": {"water": ["water", "ماء"]}, "wrong": {"ice": ["ice", "ثلج"]}}
    gaps = QuestionVersion.objects.get(question__key="BU-2-Q4")
    assert gaps.structure == {"gaps": {"what": ["film", "wool"], "how": ["loose", "tight"]}}
    assert gaps.answer_key == {"right": {"what": "film", "how": ["loose"]}}
    words = QuestionText.objects.get(version=gaps, language="en").words
    assert (words["text"], words["feedback"]) == ("Cover it with {what}, {how}.", {"what:wool": "It sticks."})


@pytest.mark.parametrize("questions", [PARTS, WRITTEN], ids=["parts", "written"])
def test_reading_them_again_changes_nothing(package: Path, questions: str) -> None:
    change(package, QUIZ, "questions:\n", questions)
    read_package(package)
    assert read_package(package).changed == []


def fault_of(package: Path, old: str, new: str) -> list[str]:
    """What is told once this is written instead."""
    change(package, QUIZ, old, new)
    with pytest.raises(PackageFaults) as found:
        read_package(package)
    return [str(one) for one in found.value.faults]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("right: [cool, [", "right: [ice, [", f"{QUIZ}:7: right: missing cool. Correct it here."),
        (", cover]\n", ", cover, cool]\n", f"{QUIZ}:7: right: cool stands twice. Correct it here."),
        ("right: [cool, [rings, call], cover]", "right: cool", f"{QUIZ}:7: questions.1.right must be a list"),
        ("[rings, call]", "[rings, 4]", f"{QUIZ}:7: questions.1.right.2.2 must be a text, not 4."),
        ("[rings, call]", "[rings, Call!]", f"{QUIZ}:7: questions.1.right.2.2 cannot be 'Call!'."),
        ("options: [cool, rings,", "options: [cool, cool,", f"{QUIZ}:6: questions.1.options is wrong"),
        ('cool: "Cool it", ', "", f"{QUIZ}:11: options: missing cool. Correct it here."),
        ("feedback: {cover:", "feedback: {lid:", f"{QUIZ}:13: feedback: unknown lid. Correct it here."),
        ("    prompts: [hand, eye]\n", "", f"{QUIZ}:18: questions.2.prompts is missing. Write it."),
        ("prompts: [hand, eye]", "prompts: [hand, water]", f"{QUIZ}:18: questions.2 is wrong"),
        ("eye: rinse}", "eye: water}", f"{QUIZ}:23: right: water belongs to one prompt only. Correct it here."),
        ("eye: rinse}", "eye: sand}", f"{QUIZ}:23: right: sand not among the options. Correct it here."),
        (", eye: rinse}", "}", f"{QUIZ}:23: right: missing eye. Correct it here."),
        (', eye: "A splash in the eye"', "", f"{QUIZ}:27: prompts: missing eye. Correct it here."),
        ("right: {hand: water, eye: rinse}", "right: [water, rinse]", f"{QUIZ}:23: questions.2.right must have fields"),
    ],
)
def test_a_fault_in_a_part_names_its_line_and_what_to_do(parts: Path, old: str, new: str, fault: str) -> None:
    told = fault_of(parts, old, new)
    assert [one for one in told if one.startswith(fault)], "\n".join(told)


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
def test_a_fault_in_what_is_written_names_its_line_and_what_to_do(
    written: Path, old: str, new: str, fault: str
) -> None:
    told = fault_of(written, old, new)
    assert [one for one in told if fault in one], "\n".join(told)
