"""A damaged package is refused whole; each fault names the file, the line and what to do."""

from pathlib import Path

import pytest

from lessons.models import Course, Lesson, Revision, Source, Topic
from portal.exchange.faults import PackageFaults
from portal.exchange.reading import read_package
from quizzes.models import Question
from tests.factories import LessonFactory
from tests.portal.exchange.package import FILES, change, write

pytestmark = pytest.mark.django_db

COURSE, FINAL = "burns/course.yaml", "burns/final.yaml"
LESSON, QUIZ = "burns/cool-it/lesson.yaml", "burns/cool-it/quiz.yaml"
ENGLISH, ARABIC = "burns/cool-it/lesson.en.md", "burns/cool-it/lesson.ar.md"

DAMAGED: list[tuple[str, str, str, str]] = [
    # YAML
    (COURSE, "slug: burns", "slug: [burns", "burns/course.yaml:5: This is not YAML (did not find expected"),
    (
        COURSE,
        'title: "Burns"',
        "title: Burns: and scalds",
        "burns/course.yaml:11: This is not YAML (mapping values are",
    ),
    (COURSE, "minutes: 8", "minutes: 8\nminutes: 9", "burns/course.yaml:7: “minutes” stands twice. Keep one of them."),
    (COURSE, "minutes: 8", "minutes: &m 8", "burns/course.yaml:6: “&” and “*” (anchors and aliases) are not read"),
    (COURSE, "minutes: 8", "minutes: !!python/name:os.system", "burns/course.yaml:6: “tag:yaml.org,2002:python/name"),
    # Fields
    (COURSE, "minutes: 8", "minutes: 8\ncolour: red", "burns/course.yaml:7: colour is not a field that is known here."),
    (COURSE, "minutes: 8\n", "", "burns/course.yaml:1: minutes is missing. Write it."),
    (
        COURSE,
        "minutes: 8",
        "minutes: soon",
        "burns/course.yaml:6: minutes is wrong ('soon'): Input should be a valid int",
    ),
    (COURSE, "minutes: 8", "minutes: 0", "burns/course.yaml:6: minutes is wrong (0): Input should be greater than or"),
    (COURSE, "format: 1", "format: 2", "burns/course.yaml:1: format cannot be 2. It is one of: 1."),
    (COURSE, '"2026.1"', "2026.1", "burns/course.yaml:3: edition must be a text, not 2026.1. Put it in quotes."),
    (COURSE, "slug: burns", "slug: Burns!", "burns/course.yaml:4: slug cannot be 'Burns!'. Use Latin letters, digits"),
    (COURSE, "topics: [burns]", "topics: burns", "burns/course.yaml:5: topics must be a list (“- …” on each line"),
    (
        COURSE,
        "minutes: 8",
        "take_first: [XX]\nminutes: 8",
        "burns/course.yaml:6: There is no course “XX”. Correct the key",
    ),
    (COURSE, "minutes: 8", "take_first: [BU]\nminutes: 8", "burns/course.yaml:6: A course cannot come before itself."),
    (COURSE, 'title: "Burns"', 'title: ""', "burns/course.yaml:11: texts.en.title is empty. Write it."),
    (COURSE, 'title: "Burns"', f'title: "{"x" * 161}"', "burns/course.yaml:11: texts.en.title is longer than 160"),
    (
        FINAL,
        "pass_mark: 0.8",
        "pass_mark: 80",
        "burns/final.yaml:1: pass_mark is wrong (80): Input should be less than",
    ),
    (LESSON, "key: BU-1", "key: BU 1", "burns/cool-it/lesson.yaml:1: key cannot be 'BU 1'. Use Latin letters, digits"),
    ("shared/sources.yaml", "year: 2025", "year: old", "shared/sources.yaml:5: sources.1.year is wrong ('old')"),
    ("shared/local-facts.yaml", "kind: phone", "kind: fax", "shared/local-facts.yaml:3: facts.1.kind cannot be 'fax'."),
    (
        "shared/topics.yaml",
        "icon: fire",
        "icon: fire\n    texture: red",
        "shared/topics.yaml:5: topics.1.texture is not a field that is known here.",
    ),
    # Languages
    (COURSE, '{title: "أولًا"}', '{titel: "أولًا"}', "burns/course.yaml:22: modules.1.texts.ar.title is missing."),
    (COURSE, ', ar: {title: "أولًا"}', "", "burns/course.yaml:22: There are no words in “ar”. Write them beside the"),
    (COURSE, "source_language: en", "source_language: fr", "burns/course.yaml:9: There are no words in “fr”. Write"),
    (
        QUIZ,
        "      ar: {stem:",
        "      de: {stem:",
        "burns/cool-it/quiz.yaml:27: There are no words in “ar”. Write them",
    ),
    (QUIZ, "      ar: {stem:", "      de: {stem:", "burns/cool-it/quiz.yaml:29: The course has no words in “de”."),
    ("shared/skills.yaml", ', ar: {name: "عشرون دقيقة"}', "", "shared/skills.yaml:6: There are no words in “ar”."),
    (
        LESSON,
        "source_language: en",
        "source_language: fr",
        "burns/cool-it/lesson.yaml:6: The course has no words in “fr”",
    ),
    # Keys that nothing has
    (COURSE, "topics: [burns]", "topics: [burnz]", "burns/course.yaml:5: There is no “burnz” in topics.yaml. Add it"),
    (COURSE, "sources: [BURN25]", "sources: [BURN24]", "burns/course.yaml:19: There is no “BURN24” in sources.yaml."),
    (LESSON, "key: BURN25", "key: BURN24", "burns/cool-it/lesson.yaml:8: There is no “BURN24” in sources.yaml. Add"),
    (
        LESSON,
        "skills: [twenty",
        "skills: [thirty",
        "burns/cool-it/lesson.yaml:5: There is no “thirty-minutes” in skills",
    ),
    (QUIZ, "sources: [BURN25]", "sources: [X]", "burns/cool-it/quiz.yaml:8: There is no “X” in sources.yaml. Add it"),
    (
        QUIZ,
        "{cool-a-burn: 0.5,",
        "{cool: 0.5,",
        "burns/cool-it/quiz.yaml:24: There is no “cool” in skills.yaml. Add it",
    ),
    (QUIZ, 'stem: "How long?"', 'stem: "{fact:no}"', "burns/cool-it/quiz.yaml:28: There is no local fact “no”. Add it"),
    (
        ENGLISH,
        "{fact:emergency-number}",
        "{fact:number}",
        "burns/cool-it/lesson.en.md:7: There is no local fact “number”",
    ),
    (ENGLISH, "title: Cool it", "title: Call {fact:no}", "burns/cool-it/lesson.en.md:2: There is no local fact “no”."),
    (ENGLISH, "lesson:BU-2", "lesson:BU-9", "burns/cool-it/lesson.en.md:14: There is no lesson “BU-9” to link to."),
    # Twice
    (
        LESSON,
        "key: BU-1",
        "key: BU-2",
        "burns/cover-it/lesson.yaml:1: The key “BU-2” is taken by burns/cool-it/lesson.yaml",
    ),
    (
        QUIZ,
        "BU-1-Q2",
        "BU-1-Q1",
        "burns/cool-it/quiz.yaml:22: The key “BU-1-Q1” is taken by burns/cool-it/quiz.yaml, line 4",
    ),
    (
        LESSON,
        "slug: cool-it",
        "slug: cover-it",
        "burns/cover-it/lesson.yaml:2: The address “cover-it” belongs to “BU-1”.",
    ),
    (
        LESSON,
        "slug: cool-it",
        "slug: final",
        "burns/cool-it/lesson.yaml:2: “final” is reserved for finals. Choose another",
    ),
    (
        COURSE,
        "[cool-it, cover-it]",
        "[cool-it, cool-it]",
        "burns/course.yaml:23: “cool-it” stands twice in this course.",
    ),
    (LESSON, "\nreview", "\n  - {key: BURN25}\nreview", "burns/cool-it/lesson.yaml:9: “BURN25” stands twice. Keep one"),
    (
        "shared/skills.yaml",
        "key: twenty-minutes",
        "key: cool-a-burn",
        "shared/skills.yaml:5: “cool-a-burn” stands in shared/skills.yaml, line 2 too. Keep one of them, or make",
    ),
    # Texts
    (ENGLISH, "## What to do", "# What to do", "burns/cool-it/lesson.en.md:10: Headings begin at “##”: the title"),
    (ENGLISH, "See [", "See <b>this</b> [", "burns/cool-it/lesson.en.md:14: HTML is not allowed: “<b>”. Write it in"),
    (ENGLISH, "Water runs over a hand.", "", "burns/cool-it/lesson.en.md:12: The picture “figures/water.svg” has no"),
    (
        "burns/cool-it/lesson.yaml",
        "review:",
        "figures: {figures/ice.svg: {focus: [1, 2]}}\nreview:",
        "burns/cool-it/lesson.yaml:9: There is no picture “figures/ice.svg”. Add it, or correct its name.",
    ),
    (
        "burns/cool-it/lesson.yaml",
        "review:",
        "figures: {figures/water.svg: {focus: [1, 200]}}\nreview:",
        "burns/cool-it/lesson.yaml:9: ",
    ),
    (
        ARABIC,
        "figures/water.svg",
        "figures/wter.svg",
        "burns/cool-it/lesson.ar.md:12: There is no picture “figures/wter",
    ),
    (ENGLISH, "::: first", "::: last", "burns/cool-it/lesson.en.md:6: There is no block “last”. The blocks are: first"),
    (
        ENGLISH,
        "---\ntitle",
        "title",
        "burns/cool-it/lesson.en.md:1: The head is missing. Begin with a line “---”, then",
    ),
    (ENGLISH, "summary: What", "summary: What: ", "burns/cool-it/lesson.en.md:3: This is not YAML (mapping values"),
    (ENGLISH, "summary: What to do with a burn.\n", "", "burns/cool-it/lesson.en.md:2: summary is missing. Write it."),
    # Questions
    (
        QUIZ,
        "right: water",
        "right: wine",
        "burns/cool-it/quiz.yaml:10: right: wine is not one of the options. Correct it",
    ),
    (
        QUIZ,
        "[water, ice, paste]",
        "[water, ice]",
        "burns/cool-it/quiz.yaml:9: questions.1.options holds too few. Add at least 3.",
    ),
    (QUIZ, "[water, ice, paste]", "[]", "burns/cool-it/quiz.yaml:9: questions.1.options is empty. Add at least 3."),
    (
        QUIZ,
        "[water, ice, paste]",
        "[yes, ice, paste]",
        "burns/cool-it/quiz.yaml:9: questions.1.options.1 must be a text",
    ),
    (
        QUIZ,
        'paste: "Paste holds the heat."',
        "",
        "burns/cool-it/quiz.yaml:16: feedback (one for each wrong option): missing",
    ),
    (QUIZ, 'ice: "Ice from the freezer", ', "", "burns/cool-it/quiz.yaml:14: options: missing ice. Correct it here."),
    (
        QUIZ,
        "near: {min: 10}",
        "near: {min: 30}",
        "burns/cool-it/quiz.yaml:26: near: must reach around the right range.",
    ),
    (QUIZ, "right: {min: 20}", "right: {}", "burns/cool-it/quiz.yaml:25: questions.2.right is wrong"),
    (QUIZ, 'unit: "minutes", ', "", "burns/cool-it/quiz.yaml:28: questions.2.texts.en.unit is missing. Write it."),
    (
        QUIZ,
        "kind: numerical",
        "kind: guess",
        "burns/cool-it/quiz.yaml:23: Questions of the kind “guess” cannot be read",
    ),
    (
        QUIZ,
        "kind: numerical",
        "kind: riddle",
        "burns/cool-it/quiz.yaml:23: Questions of the kind “riddle” cannot be read",
    ),
    (QUIZ, "draw: 2", "draw: 3", "burns/cool-it/quiz.yaml:2: There are 2 questions, fewer than are drawn. Draw fewer"),
    (FINAL, "draw: 3", "draw: 5", "burns/final.yaml:2: The lessons hold 4 questions, fewer than are drawn. Draw fewer"),
]


def faults_of(package: Path) -> list[str]:
    with pytest.raises(PackageFaults) as error:
        read_package(package)
    return [str(fault) for fault in error.value.faults]


def nothing_was_stored() -> bool:
    return not any(model.objects.exists() for model in (Topic, Source, Lesson, Course, Question, Revision))


@pytest.mark.parametrize(("file", "old", "new", "fault"), DAMAGED, ids=lambda part: part[:40])
def test_a_damaged_file_is_named_with_line_and_remedy(package: Path, file: str, old: str, new: str, fault: str) -> None:
    change(package, file, old, new)
    faults = faults_of(package)
    assert [found for found in faults if found.startswith(fault)], "\n".join(faults)
    assert nothing_was_stored()


MISPLACED: list[tuple[str, str | bytes | None, str]] = [
    (COURSE, None, "burns/course.yaml:1: This file is missing. Write it; the format is in docs/course-packages.md."),
    (LESSON, None, "burns/cool-it/lesson.yaml:1: This file is missing. Write it"),
    (ARABIC, None, "burns/cool-it/lesson.ar.md:1: This file is missing. Write it"),
    ("burns/cool-it/figures/water.svg", None, "burns/cool-it/lesson.en.md:12: There is no picture “figures/water.svg”"),
    ("burns/cool-it/figures/water.svg", b"PK\x03\x04", "burns/cool-it/figures/water.svg:1: This file is a zip archive"),
    ("burns/cool-it/figures/x.svg", "<svg", "burns/cool-it/figures/x.svg:1: The SVG cannot be read"),
    (
        "burns/cool-it/quizz.yaml",
        "a: 1",
        "burns/cool-it/quizz.yaml:1: This file belongs to no package. Correct its name",
    ),
    (
        "burns/cool-it/lesson.fr.md",
        "---\n",
        "burns/cool-it/lesson.fr.md:1: The course has no words in “fr”. Add them to",
    ),
    (
        "burns/old-lesson/lesson.yaml",
        "key: x",
        "burns/old-lesson:1: No module of course.yaml names this folder. Add it",
    ),
    ("shared/skill.yaml", "skills: []", "shared/skill.yaml:1: This file belongs to no package. Correct its name"),
    (ENGLISH, b"---\ntitle: caf\xe9\n---\n", "burns/cool-it/lesson.en.md:2: This is not UTF-8. Save the file as UTF-8"),
    (COURSE, "", "burns/course.yaml:1: format is missing. Write it."),
    (COURSE, "- a\n- b\n", "burns/course.yaml:1: the file must have fields below it (name: value), not ['a', 'b']."),
    (
        "burns/topics.yaml",
        FILES["shared/topics.yaml"].replace("Burns", "Scalds"),
        "burns/topics.yaml:2: “burns” stands in",
    ),
]


@pytest.mark.parametrize(("file", "content", "fault"), MISPLACED, ids=lambda part: str(part)[:40])
def test_a_file_that_is_missing_or_out_of_place_is_named(
    package: Path, file: str, content: str | bytes | None, fault: str
) -> None:
    if content is None:
        (package / file).unlink()
    else:
        write(package, file, content)
    faults = faults_of(package)
    assert [found for found in faults if found.startswith(fault)], "\n".join(faults)
    assert nothing_was_stored()


def test_all_faults_are_told_at_once_in_the_order_of_files_and_lines(package: Path) -> None:
    change(package, QUIZ, "right: water", "right: wine")
    change(package, QUIZ, "draw: 2", "draw: 9")
    change(package, COURSE, "topics: [burns]", "topics: [nothing]")
    change(package, ENGLISH, "## What", "# What")
    places = [fault.rsplit(": ", 1)[0].split(": ")[0] for fault in faults_of(package)]
    assert places == [f"{ENGLISH}:10", f"{QUIZ}:2", f"{QUIZ}:10", f"{COURSE}:5"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("shared/sources.yaml", "year: 2025", "year: old"),
        ("shared/skills.yaml", "- key: cool-a-burn", "- kee: cool-a-burn"),
        ("shared/local-facts.yaml", "kind: phone", "kind: fax"),
        (LESSON, "minutes: 4", "minutes: soon"),
        (QUIZ, "right: water", "wrong: water"),
        ("burns/cool-it/figures/water.svg", "<path", "<script/><path"),
    ],
)
def test_what_cannot_be_read_is_one_fault_wherever_it_is_named(package: Path, file: str, old: str, new: str) -> None:
    change(package, file, old, new)
    assert {fault.split(":")[0] for fault in faults_of(package)} == {file}


def test_an_address_that_is_taken_in_the_portal_is_refused(package: Path) -> None:
    LessonFactory(key="OTHER", slug="cool-it")
    assert faults_of(package) == [
        "burns/cool-it/lesson.yaml:2: The address “cool-it” belongs to “OTHER”. Choose another slug."
    ]


def test_a_package_of_another_authority_chooses_its_languages(package: Path) -> None:
    change(package, COURSE, "key: BU\n", "key: BU\nauthority: ministry\n")
    text = (package / COURSE).read_text()
    start, end = text.index("  ar:\n"), text.index("sources:")
    write(package, COURSE, (text[:start] + text[end:]).replace(', ar: {title: "أولًا"}', ""))
    for name in ("cool-it", "cover-it"):
        (package / f"burns/{name}/lesson.ar.md").unlink()
    assert {fault.split(": ", 1)[1] for fault in faults_of(package)} == {
        "The course has no words in “ar”. Add them to course.yaml, or take these away."
    }


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_folder_without_a_package_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    [fault] = faults_of(tmp_path / name)
    assert fault.startswith(("nowhere:1: There is no such folder.", "course.yaml:1: This file is missing."))


def test_a_lesson_may_not_reach_out_of_its_folder(package: Path) -> None:
    change(package, COURSE, "[cool-it, cover-it]", "[../shared, cover-it]")
    assert faults_of(package)[0].startswith("burns/course.yaml:23: modules.1.lessons.1 cannot be '../shared'.")
