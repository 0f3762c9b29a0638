"""A package is read whole; read again it changes nothing; a changed file makes a new revision or version."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from lessons import stamp
from lessons.models import (
    Course,
    CourseEdition,
    GlossaryTerm,
    Lesson,
    LocalFact,
    Media,
    Revision,
    RevisionMedia,
    Skill,
    Source,
    State,
    Topic,
    TopicText,
)
from portal.accounts.models import AuditEntry
from portal.exchange.faults import PackageFaults
from portal.exchange.reading import read_package
from portal.studio.models import Release
from quizzes.models import Question, QuestionSkill, QuestionText, QuestionVersion, Quiz, QuizQuestion
from tests.factories import TRUE_FALSE, LessonFactory, RevisionFactory, UserFactory, published_question
from tests.portal.exchange.package import FILES, SVG, change, write

pytestmark = pytest.mark.django_db
ENGLISH, QUIZ = "burns/cool-it/lesson.en.md", "burns/cool-it/quiz.yaml"


def rows() -> dict[str, int]:
    """How many rows there are of each of our models."""
    ours = ("lessons", "quizzes", "studio", "accounts")
    return {m._meta.label: m._default_manager.count() for m in apps.get_models() if m._meta.app_label in ours}


FOCUS = "figures: {figures/water.svg: {focus: [40, 25]}}\n"


def text(language: str, key: str = "BU-1") -> models.QuerySet[Revision]:
    return Revision.objects.filter(text__language=language, text__lesson__key=key).order_by("number")


def test_what_is_best_taken_first_is_what_the_package_says_and_makes_no_edition(package: Path) -> None:
    read_package(package)
    other = Course.objects.create(authority="starter", key="FA", slug="first-aid")
    change(package, "burns/course.yaml", "minutes: 8", "take_first: [FA]\nminutes: 8")
    read_package(package)
    course = Course.objects.get(key="BU")
    assert list(course.take_first.all()) == [other]
    assert course.editions.count() == 1
    change(package, "burns/course.yaml", "take_first: [FA]\n", "")
    read_package(package)
    assert not course.take_first.exists()


def test_a_lesson_is_there_as_the_files_say(package: Path) -> None:
    read_package(package)
    lesson = Lesson.objects.get(key="BU-1")
    assert (lesson.authority, lesson.slug, lesson.minutes, lesson.source_language) == ("starter", "cool-it", 4, "en")
    assert [topic.key for topic in lesson.topics.all()] == ["burns"]
    assert [skill.key for skill in lesson.skills.all()] == ["twenty-minutes"]
    english = text("en").get()
    assert (english.title, english.state, english.review_due) == ("Cool it", State.PUBLISHED, date(2027, 11, 1))
    assert english.markdown.startswith("::: first\nCool it under")
    assert '<a href="{lesson:BU-2}">the other lesson</a>' in english.html
    assert [(row.source.key, row.note) for row in english.citations.all()] == [("BURN25", "Cooling")]
    assert text("ar").get().made_from == english


def test_a_lessons_figure_is_kept_with_its_words_in_each_language(package: Path, media_folder: Path) -> None:
    read_package(package)
    media = Media.objects.get()  # the same picture in both lessons
    assert (media_folder / media.file).read_bytes().count(b"<path") == 1
    uses = RevisionMedia.objects.filter(revision__text__lesson__key="BU-1").order_by("revision__text__language")
    assert [(use.name, use.alt, use.caption) for use in uses] == [
        ("figures/water.svg", "ماء يجري على يد.", "برّدوه 20 دقيقة."),
        ("figures/water.svg", "Water runs over a hand.", "Cool for 20 minutes."),
    ]


def test_a_course_is_there_as_the_files_say(package: Path) -> None:
    read_package(package)
    edition = CourseEdition.objects.get()
    assert (edition.course.key, edition.label, edition.number, edition.state) == ("BU", "2026.1", 1, State.PUBLISHED)
    assert (edition.minutes, edition.valid_months) == (8, 12)
    words = edition.texts.get(language="en")
    assert (words.title, words.outcomes) == ("Burns", "Say how long to cool a burn\nSay what not to put on it")
    assert [place.lesson.key for place in edition.placements.all()] == ["BU-1", "BU-2"]
    assert edition.modules.get().texts.get(language="ar").title == "أولًا"
    assert [source.key for source in edition.sources.all()] == ["BURN25"]
    final = Quiz.objects.get(edition=edition)
    assert (final.pass_mark, final.draw, final.time_limit, final.feedback) == (Decimal("0.8"), 3, 600, "at_end")


def test_questions_are_there_as_the_files_say(package: Path) -> None:
    read_package(package)
    question = Question.objects.get(key="BU-1-Q1")
    version = question.versions.get()
    assert (version.kind, version.critical, version.state) == ("single_choice", True, State.PUBLISHED)
    assert version.structure == {"options": ["water", "ice", "paste"]}
    assert version.answer_key == {"right": "water"}
    assert version.texts.get(language="en").words["feedback"] == {
        "ice": "Ice harms the skin.",
        "paste": "Paste holds the heat.",
    }
    number = QuestionVersion.objects.get(question__key="BU-1-Q2")
    assert number.answer_key == {"right": {"min": 20}, "near": {"min": 10}}
    weights = QuestionSkill.objects.filter(question__key="BU-1-Q2").values_list("skill__key", "weight")
    assert set(weights) == {("cool-a-burn", Decimal("0.5")), ("twenty-minutes", Decimal(1))}


def test_a_check_asks_its_questions(package: Path) -> None:
    read_package(package)
    check = Quiz.objects.get(lesson__key="BU-1")
    assert (check.purpose, check.pass_mark, check.draw, check.feedback) == ("check", Decimal("0.8"), 2, "at_once")
    assert [entry.question.key for entry in check.entries.all()] == ["BU-1-Q1", "BU-1-Q2"]


def test_what_courses_share_is_there(package: Path) -> None:
    read_package(package)
    assert TopicText.objects.get(topic__key="burns", language="ar").name == "حروق"
    assert Skill.objects.get(key="twenty-minutes").parent == Skill.objects.get(key="cool-a-burn")
    assert Source.objects.get(key="BURN25").year == 2025
    assert LocalFact.objects.get().texts.get(language="en").default == "your local emergency number"
    assert GlossaryTerm.objects.get().texts.get(language="en").term == "Blister"


def test_everything_goes_out_in_one_release(package: Path) -> None:
    read_package(package)
    release = Release.objects.get()
    assert (release.title, release.state, release.author) == ("Course package: BU 2026.1", "published", None)
    counts = (release.revisions.count(), release.versions.count(), release.texts.count(), release.editions.count())
    assert counts == (4, 4, 8, 1)
    assert AuditEntry.objects.get().deed == "release.published"


def test_what_was_made_is_reported_by_its_place(package: Path) -> None:
    report = read_package(package)
    assert len(report.created) == 4 + 1 + 1 + 6 + 2 + 4 + 1
    assert {"shared/topics.yaml: burns", ENGLISH, f"{QUIZ}: BU-1-Q1", QUIZ, "burns/course.yaml"} <= set(report.created)
    assert (report.changed, report.unchanged) == ([], [])


def test_reading_again_writes_nothing(package: Path) -> None:
    made = set(read_package(package).created)
    before, stamped = rows(), stamp.current()
    with CaptureQueriesContext(connection) as queries:
        report = read_package(package)
    assert (report.created, report.changed, set(report.unchanged)) == ([], [], made)
    assert rows() == before
    assert stamp.current() == stamped
    writes = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert writes == []


def test_a_dry_run_says_the_same_and_leaves_nothing(package: Path, media_folder: Path) -> None:
    before = rows()
    report = read_package(package, dry_run=True)
    assert rows() == before
    assert not media_folder.exists()
    assert read_package(package) == report


def test_a_changed_text_is_a_new_revision_and_the_old_one_is_superseded(package: Path) -> None:
    read_package(package)
    change(package, ENGLISH, "running water", "cool running water")
    report = read_package(package)
    assert (report.created, report.changed) == ([], [ENGLISH])
    assert [(row.number, row.state) for row in text("en")] == [(1, State.SUPERSEDED), (2, State.PUBLISHED)]
    assert [row.number for row in text("ar")] == [1]
    assert Release.objects.count() == 2


def test_a_translation_made_anew_remembers_the_new_source(package: Path) -> None:
    read_package(package)
    change(package, ENGLISH, "running water", "cool running water")
    change(package, "burns/cool-it/lesson.ar.md", "ماء جارٍ", "ماء بارد جارٍ")
    read_package(package)
    assert [row.made_from.number for row in text("ar") if row.made_from] == [1, 2]


@pytest.mark.parametrize(
    "deed",
    [
        lambda folder: change(folder, "burns/cool-it/lesson.yaml", "due: 2027-11-01", "due: 2028-11-01"),
        lambda folder: change(folder, "burns/cool-it/lesson.yaml", 'note: "Cooling"', 'note: "Cooling, covering"'),
        lambda folder: write(folder, "burns/cool-it/figures/water.svg", SVG.format("hot")),
        lambda folder: change(folder, "burns/cool-it/lesson.yaml", "review:", f"{FOCUS}review:"),
    ],
    ids=["review date", "source", "figure", "focus"],
)
def test_what_stands_beside_the_text_is_part_of_it(package: Path, deed: Callable[[Path], None]) -> None:
    read_package(package)
    deed(package)
    assert {ENGLISH, "burns/cool-it/lesson.ar.md"} <= set(read_package(package).changed)
    assert [row.number for row in text("en")] == [1, 2]
    assert [row.number for row in text("en", "BU-2")] == [1]


def focus_of(number: int) -> tuple[int | None, int | None]:
    use = text("en")[number].pictures.get()
    return use.focus_x, use.focus_y


def test_the_focus_of_a_picture_comes_with_the_package(package: Path) -> None:
    change(package, "burns/cool-it/lesson.yaml", "review:", f"{FOCUS}review:")
    read_package(package)
    assert focus_of(0) == (40, 25)
    assert not read_package(package).changed


def test_a_focus_that_a_package_leaves_out_stays_as_it_was(package: Path) -> None:
    change(package, "burns/cool-it/lesson.yaml", "review:", f"{FOCUS}review:")
    read_package(package)
    change(package, "burns/cool-it/lesson.yaml", FOCUS, "")
    assert not read_package(package).changed
    change(package, ENGLISH, "Water runs", "Cool water runs")
    read_package(package)
    assert focus_of(1) == (40, 25)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("right: water", "right: ice"),
        ("critical: true", "critical: false"),
        ("kind: numerical\n", "kind: numerical\n    seconds: 30\n"),
        ("right: {min: 20}", "right: {min: 25}"),
    ],
)
def test_another_structure_or_key_is_a_new_version_with_all_its_words(package: Path, old: str, new: str) -> None:
    read_package(package)
    change(package, QUIZ, old, new)
    if old == "right: water":
        change(package, QUIZ, "feedback: {ice:", "feedback: {water:")
    report = read_package(package)
    assert len(report.changed) == 1
    place = report.changed[0]
    versions = QuestionVersion.objects.filter(question__key=place.split(": ")[1]).order_by("number")
    assert [row.state for row in versions] == [State.SUPERSEDED, State.PUBLISHED]
    assert set(versions[1].texts.values_list("language", "number", "state")) == {
        ("en", 1, State.PUBLISHED),
        ("ar", 1, State.PUBLISHED),
    }


def test_other_words_are_a_new_text_of_the_same_version(package: Path) -> None:
    read_package(package)
    change(package, QUIZ, "Water cools, and does no harm.", "Water takes the heat away.")
    report = read_package(package)
    assert report.changed == [f"{QUIZ}: BU-1-Q1"]
    assert QuestionVersion.objects.filter(question__key="BU-1-Q1").count() == 1
    texts = QuestionText.objects.filter(version__question__key="BU-1-Q1").order_by("language", "number")
    assert [(row.language, row.number, row.state) for row in texts] == [
        ("ar", 1, State.PUBLISHED),
        ("en", 1, State.SUPERSEDED),
        ("en", 2, State.PUBLISHED),
    ]


def test_rules_of_a_check_change_in_place(package: Path) -> None:
    read_package(package)
    change(package, QUIZ, "draw: 2", "draw: 1")
    assert read_package(package).changed == [QUIZ]
    assert Quiz.objects.get(lesson__key="BU-1").draw == 1


def test_a_question_may_move_and_weigh_anew(package: Path) -> None:
    read_package(package)
    change(package, QUIZ, "skills: {twenty-minutes: 1}", "skills: {cool-a-burn: 2}")
    assert read_package(package).changed == [f"{QUIZ}: BU-1-Q1"]
    weight = QuestionSkill.objects.get(question__key="BU-1-Q1")
    assert (weight.skill.key, weight.weight) == ("cool-a-burn", 2)
    assert QuestionVersion.objects.filter(question__key="BU-1-Q1").count() == 1


def test_a_question_that_moves_is_asked_in_its_new_lesson_only(package: Path) -> None:
    read_package(package)
    number = (package / QUIZ).read_text().split("  - key: BU-1-Q2\n")[1]
    change(package, QUIZ, f"  - key: BU-1-Q2\n{number}", "")
    change(package, QUIZ, "draw: 2", "draw: 1")
    change(package, "burns/cover-it/quiz.yaml", "questions:\n", f"questions:\n  - key: BU-1-Q2\n{number}")
    read_package(package)
    question = Question.objects.get(key="BU-1-Q2")
    assert question.lesson == Lesson.objects.get(key="BU-2")
    assert question.entries.get().quiz.lesson == question.lesson
    assert question.versions.count() == 1
    assert read_package(package).is_quiet


def test_what_an_instructor_added_to_a_check_stays(package: Path) -> None:
    read_package(package)
    check = Quiz.objects.get(lesson__key="BU-1")
    mine = published_question(Lesson.objects.get(key="BU-1"), TRUE_FALSE, authority="elsewhere")
    QuizQuestion.objects.create(quiz=check, question=mine.question, position=9)
    change(package, QUIZ, "draw: 2", "draw: 1")
    read_package(package)
    assert check.entries.count() == 3


def test_open_pages_are_told(package: Path, django_capture_on_commit_callbacks: Any) -> None:
    before = stamp.current()
    with django_capture_on_commit_callbacks(execute=True):
        read_package(package)
    assert stamp.current() != before


def test_shared_rows_change_in_place(package: Path) -> None:
    read_package(package)
    change(package, "shared/topics.yaml", 'name: "Burns"', 'name: "Burns and scalds"')
    change(package, "shared/sources.yaml", "year: 2025", "year: 2026")
    assert read_package(package).changed == ["shared/sources.yaml: BURN25", "shared/topics.yaml: burns"]
    assert Topic.objects.get().texts.get(language="en").name == "Burns and scalds"


COURSE_CHANGES = [
    ("minutes: 8", "minutes: 9"),
    ("valid_months: 12", "valid_months: 24"),
    ("Cool, cover, call.", "Cool and cover."),
    ("lessons: [cool-it, cover-it]", "lessons: [cover-it, cool-it]"),
    ("sources: [BURN25]", "sources: []"),
    ('{title: "First"}', '{title: "Begin"}'),
]


@pytest.mark.parametrize(("old", "new"), COURSE_CHANGES)
def test_a_changed_course_needs_a_new_label(package: Path, old: str, new: str) -> None:
    read_package(package)
    before = rows()
    change(package, "burns/course.yaml", old, new)
    with pytest.raises(PackageFaults) as error:
        read_package(package)
    assert str(error.value) == (
        "burns/course.yaml:3: The course has changed, and “2026.1” is published or in work already. Raise `edition`."
    )
    assert rows() == before


@pytest.mark.parametrize(("old", "new"), COURSE_CHANGES)
def test_a_changed_course_is_a_new_edition(package: Path, old: str, new: str) -> None:
    read_package(package)
    change(package, "burns/course.yaml", old, new)
    change(package, "burns/course.yaml", '"2026.1"', '"2026.2"')
    assert read_package(package).changed == ["burns/course.yaml"]
    editions = CourseEdition.objects.order_by("number").values_list("label", "state")
    assert list(editions) == [("2026.1", State.SUPERSEDED), ("2026.2", State.PUBLISHED)]
    assert Quiz.objects.filter(purpose="final").count() == 2


def test_other_rules_of_the_final_are_a_new_edition(package: Path) -> None:
    read_package(package)
    change(package, "burns/final.yaml", "pass_mark: 0.8", "pass_mark: 0.9")
    with pytest.raises(PackageFaults, match="Raise `edition`"):
        read_package(package)
    change(package, "burns/course.yaml", '"2026.1"', '"2026.2"')
    read_package(package)
    assert Quiz.objects.get(edition__state=State.PUBLISHED).pass_mark == Decimal("0.9")


def add_french(package: Path) -> None:
    """The same words once more, in French as far as the test is concerned."""
    change(package, "burns/course.yaml", "  ar:\n", '  fr: {title: "Brûlures", summary: "Refroidir."}\n  ar:\n')
    change(package, "burns/course.yaml", '{en: {title: "First"}', '{fr: {title: "D\'abord"}, en: {title: "First"}')
    for name in ("cool-it", "cover-it"):
        write(package, f"burns/{name}/lesson.fr.md", (package / f"burns/{name}/lesson.en.md").read_bytes())
    for path in [*(package / "shared").iterdir(), *package.glob("burns/*/quiz.yaml")]:
        lines = path.read_text().splitlines(keepends=True)
        path.write_text("".join(_with_french(lines)))


def _with_french(lines: list[str]) -> list[str]:
    """Each block or line of English words repeated under `fr`."""
    out: list[str] = []
    for at, line in enumerate(lines):
        if line.strip().startswith("texts: {en: "):
            english = line.split("{en: ", 1)[1].split("}, ar", 1)[0] + "}"
            out.append(line.replace("{en: ", f"{{fr: {english}, en: ", 1))
            continue
        out.append(line)
        if line.strip().startswith("en: {"):
            out.append(line.replace("en: {", "fr: {", 1))
        elif line.strip() == "en:":
            end = next(n for n in range(at + 1, len(lines)) if lines[n].strip() == "ar:")
            out[-1:] = [line.replace("en:", "fr:"), *lines[at + 1 : end], line]
    return out


def test_a_language_is_added_without_a_new_edition_or_version(package: Path) -> None:
    read_package(package)
    add_french(package)
    report = read_package(package)
    assert "burns/course.yaml" in report.changed
    edition = CourseEdition.objects.get()
    assert edition.texts.get(language="fr").title == "Brûlures"
    assert edition.modules.get().texts.get(language="fr").title == "D'abord"
    assert text("fr").get().state == State.PUBLISHED
    assert QuestionVersion.objects.count() == 4
    assert QuestionText.objects.filter(language="fr", state=State.PUBLISHED).count() == 4
    assert read_package(package).is_quiet


def test_a_package_may_leave_drafts(package: Path) -> None:
    read_package(package, publish=False)
    assert set(Revision.objects.values_list("state", flat=True)) == {State.DRAFT}
    assert CourseEdition.objects.get().state == State.DRAFT
    assert not Release.objects.exists()
    assert read_package(package, publish=False).is_quiet


def test_drafts_that_a_package_left_are_published_by_reading_it_again(package: Path) -> None:
    read_package(package, publish=False)
    report = read_package(package)
    assert report.created == []
    assert {ENGLISH, f"{QUIZ}: BU-1-Q1", "burns/course.yaml"} <= set(report.changed)
    assert text("en").get().state == State.PUBLISHED
    assert QuestionVersion.objects.count() == 4
    assert read_package(package).is_quiet


def test_a_changed_draft_of_a_course_replaces_the_former_draft(package: Path) -> None:
    read_package(package, publish=False)
    change(package, "burns/course.yaml", "minutes: 8", "minutes: 9")
    read_package(package, publish=False)
    assert CourseEdition.objects.get().minutes == 9


def test_an_instructors_draft_is_left_alone(package: Path) -> None:
    read_package(package)
    english = text("en").get()
    draft = RevisionFactory(text=english.text, number=2, author=UserFactory(), title="My words")
    assert read_package(package).is_quiet
    change(package, ENGLISH, "running water", "cool running water")
    read_package(package)
    draft.refresh_from_db()
    assert (draft.state, draft.title) == (State.DRAFT, "My words")
    assert [row.number for row in text("en")] == [1, 2, 3]


def test_one_course_can_be_read_by_itself(package: Path, tmp_path: Path) -> None:
    for path in (package / "shared").iterdir():
        path.rename(package / "burns" / path.name)
    report = read_package(package / "burns")
    assert "cool-it/lesson.en.md" in report.created
    assert Course.objects.get().key == "BU"


def test_a_shared_file_may_stand_in_two_places_when_they_agree(package: Path) -> None:
    write(package, "burns/topics.yaml", FILES["shared/topics.yaml"])
    read_package(package)
    assert Topic.objects.count() == 1


def test_a_course_may_name_what_the_portal_knows_already(package: Path) -> None:
    read_package(package)
    for path in (package / "shared").iterdir():
        path.unlink()
    assert read_package(package).is_quiet


def test_keys_belong_to_the_authority_that_made_them(package: Path) -> None:
    LessonFactory(authority="elsewhere", key="BU-1", slug="another")
    change(package, "burns/course.yaml", "key: BU\n", "key: BU\nauthority: ministry\n")
    read_package(package)
    assert set(Lesson.objects.filter(key="BU-1").values_list("authority", flat=True)) == {"elsewhere", "ministry"}


def test_what_was_read_is_frozen(package: Path) -> None:
    read_package(package)
    deeds: list[Callable[[], Any]] = [
        lambda: Revision.objects.update(title="x"),
        lambda: RevisionMedia.objects.update(alt="x"),
        lambda: QuestionVersion.objects.update(critical=True),
        lambda: CourseEdition.objects.update(minutes=99),
        lambda: Quiz.objects.filter(purpose="final").update(draw=1),
        lambda: Revision.objects.all()._raw_delete("default"),
    ]
    for deed in deeds:
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            deed()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE lessons_revision SET markdown = 'x'")


def test_the_starter_curriculum_is_read_and_read_again_in_silence() -> None:
    curriculum = Path("lessons/curriculum")
    read_package(curriculum)
    assert read_package(curriculum).is_quiet
