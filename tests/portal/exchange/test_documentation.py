"""docs/course-packages.md is true: its examples make a package that can be read. So is the table of local facts."""

import re
from pathlib import Path

import pytest
import yaml

from lessons.models import Lesson, Revision, State
from portal.exchange.reading import read_package
from quizzes.kinds import KINDS
from quizzes.models import Question
from tests.portal.exchange.package import SVG, write

DOCUMENT = Path("docs/course-packages.md").read_text()
SECTION = re.compile(r"^## (\S+[./][\w.]*).*?\n(.*?)(?=^## \S+[./]|\Z)", re.MULTILINE | re.DOTALL)


def examples() -> dict[str, str]:
    """The first block of code in each section, by the file that the section is about."""
    found = {}
    for name, text in SECTION.findall(DOCUMENT):
        if block := re.search(r"```(?:yaml|markdown)\n(.*?)```", text, re.DOTALL):
            found[name] = block[1]
    return found


@pytest.mark.django_db
def test_the_examples_make_a_package(tmp_path: Path) -> None:
    files = examples()
    for name in [name for name in files if name.startswith("shared/")]:
        write(tmp_path, name, files[name])
    write(tmp_path, "life-saving/course.yaml", files["course.yaml"])
    write(tmp_path, "life-saving/final.yaml", files["final.yaml"])
    for folder, key in (("adult-cpr", "LS-2"), ("recognise-cardiac-arrest", "LS-1")):
        place = f"life-saving/{folder}"
        lesson = files["lesson.yaml"].replace("key: LS-2", f"key: {key}").replace("slug: adult-cpr", f"slug: {folder}")
        write(tmp_path, f"{place}/lesson.yaml", lesson)
        write(tmp_path, f"{place}/quiz.yaml", files["quiz.yaml"].replace("LS-2-Q1", f"{key}-Q1"))
        write(tmp_path, f"{place}/figures/hands.svg", SVG.format("ink"))
        for language in ("en", "ar"):
            write(tmp_path, f"{place}/lesson.{language}.md", files["lesson.en.md"])
    read_package(tmp_path)
    assert Lesson.objects.count() == Question.objects.count() == 2
    assert Revision.objects.filter(state=State.PUBLISHED).count() == 4


def test_every_kind_is_described() -> None:
    rows = set(re.findall(r"^\| `(\w+)` \|", DOCUMENT, re.MULTILINE))
    assert rows == set(KINDS)


def test_every_local_fact_of_the_curriculum_is_in_the_table() -> None:
    facts = yaml.safe_load(Path("lessons/curriculum/shared/local-facts.yaml").read_text())["facts"]
    words = [(fact["key"], fact["kind"], fact["texts"]["en"]) for fact in facts]
    wanted = {f"| `{key}` | {kind} | {own['label']} | {own['default']} |" for key, kind, own in words}
    told = {row for row in Path("docs/localising.md").read_text().splitlines() if row.startswith("| `")}
    assert told == wanted
