"""Questions about a picture in a package."""

from pathlib import Path

import pytest

from lessons.models import Media
from portal.exchange.faults import PackageFaults
from portal.exchange.reading import read_package
from quizzes.kinds import kind_named
from quizzes.models import QuestionVersion
from tests.portal.exchange.package import change, write

pytestmark = pytest.mark.django_db

QUIZ = "burns/cover-it/quiz.yaml"
FIGURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><path d="M0 0L9 9"/></svg>\n'
PLACE = """\
questions:
  - key: BU-2-Q3
    kind: hotspot
    skills: {cool-a-burn: 1}
    picture: figures/arm.svg
    regions:
      - {id: hand, circle: [60, 60, 50]}
      - {id: elbow, rect: [200, 100, 90, 90]}
    right: hand
    texts:
      en:
        stem: "Where does the water go?"
        alt: "An arm with two marked places."
        regions: {hand: "On the burnt hand", elbow: "On the elbow"}
        explanation: "On the burn."
        feedback: {elbow: "Nothing is burnt there."}
      ar:
        stem: "أين يُصبّ الماء؟"
        alt: "ذراع عليها موضعان معلَّمان."
        regions: {hand: "على اليد المحروقة", elbow: "على المرفق"}
        explanation: "على الحرق."
        feedback: {elbow: "لا حرق هناك."}
"""


@pytest.fixture
def pictured(package: Path) -> Path:
    """The package with a question about a picture that no text shows."""
    write(package, "burns/cover-it/figures/arm.svg", FIGURE)
    change(package, QUIZ, "questions:\n", PLACE)
    return package


def test_the_picture_is_kept_and_named_by_its_hash(pictured: Path, media_folder: Path) -> None:
    read_package(pictured)
    version = QuestionVersion.objects.get(question__key="BU-2-Q3")
    media = Media.objects.get(width=400)
    assert version.structure["picture"] == {"file": f"{media.sha256}.svg", "width": 400, "height": 300}
    assert (media_folder / media.file).is_file()
    assert version.answer_key == {"right": "hand"}
    assert kind_named("hotspot").parse(version.structure, version.answer_key)


def test_reading_it_again_changes_nothing(pictured: Path) -> None:
    read_package(pictured)
    assert read_package(pictured).changed == []


def test_another_picture_under_the_same_name_is_another_version(pictured: Path) -> None:
    read_package(pictured)
    write(pictured, "burns/cover-it/figures/arm.svg", FIGURE.replace("L9 9", "L8 8"))
    read_package(pictured)
    assert QuestionVersion.objects.filter(question__key="BU-2-Q3").count() == 2


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("figures/arm.svg", "figures/leg.svg", f"{QUIZ}:6: There is no picture “figures/leg.svg”"),
        ("picture: figures/arm.svg\n", "\n", f"{QUIZ}:3: questions.1.picture is missing. Write it."),
        ("[60, 60, 50]", "[40, 60, 50]", f"{QUIZ}:7: regions: hand reaches out of the picture, which is 400 × 300."),
        ("circle: [60, 60, 50]", "circle: [60, 60]", f"{QUIZ}:8: questions.1.regions.1.circle"),
        ("circle:", "oval:", f"{QUIZ}:8: questions.1.regions.1.oval is not a field"),
        ("[200, 100, 90, 90]", "[60, 60, 90, 90]", f"{QUIZ}:7: regions: hand is right and overlaps elbow"),
        ("right: hand", "right: toe", f"{QUIZ}:10: right: toe not among the regions."),
        (
            "    right: hand",
            "    near: 3\n    right: hand",
            f"{QUIZ}:10: questions.1.near is not a field that is known",
        ),
        ('        alt: "An arm with two marked places."\n', "", f"{QUIZ}:12: questions.1.texts.en.alt is missing."),
        ("An arm with two", "On the burnt hand:", f"{QUIZ}:14: alt: names the right place"),
    ],
)
def test_a_damaged_one_is_named_with_line_and_remedy(pictured: Path, old: str, new: str, fault: str) -> None:
    change(pictured, QUIZ, old, new)
    with pytest.raises(PackageFaults) as refused:
        read_package(pictured)
    said = [str(fault) for fault in refused.value.faults]
    assert any(line.startswith(fault) for line in said), said


def test_a_picture_that_cannot_be_read_is_one_fault(pictured: Path) -> None:
    write(pictured, "burns/cover-it/figures/arm.svg", "<svg")
    with pytest.raises(PackageFaults) as refused:
        read_package(pictured)
    assert [fault.file for fault in refused.value.faults] == ["burns/cover-it/figures/arm.svg"]
