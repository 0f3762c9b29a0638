"""Questions with several parts in a package: steps to put in order, pairs to match."""

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


@pytest.fixture
def parts(package: Path) -> Path:
    """The package with a question of each of these kinds before the others."""
    change(package, QUIZ, "questions:\n", PARTS)
    return package


def test_both_are_stored_as_they_are_written(parts: Path) -> None:
    read_package(parts)
    ordering = QuestionVersion.objects.get(question__key="BU-2-Q3")
    assert ordering.structure == {"options": ["cool", "rings", "cover", "call"]}
    assert ordering.answer_key == {"right": ["cool", ["rings", "call"], "cover"]}
    matching = QuestionVersion.objects.get(question__key="BU-2-Q4")
    assert matching.structure == {"prompts": ["hand", "eye"], "options": ["water", "cling", "rinse"]}
    assert matching.answer_key == {"right": {"hand": "water", "eye": "rinse"}}
    words = QuestionText.objects.get(version=matching, language="ar").words
    assert words["prompts"] == {"hand": "يد محروقة", "eye": "رذاذ في العين"}


def test_reading_them_again_changes_nothing(parts: Path) -> None:
    read_package(parts)
    assert read_package(parts).changed == []


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
def test_a_fault_in_one_names_its_line_and_what_to_do(parts: Path, old: str, new: str, fault: str) -> None:
    change(parts, QUIZ, old, new)
    with pytest.raises(PackageFaults) as found:
        read_package(parts)
    told = [str(one) for one in found.value.faults]
    assert [one for one in told if one.startswith(fault)], "\n".join(told)
