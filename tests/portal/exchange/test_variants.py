"""A lesson may be written for each profile: a variant is read whole, and waits where another profile is in force."""

import shutil
from pathlib import Path

import pytest
from django.utils import timezone

from lessons.models import LocalFact, LocalFactValue, Revision, State
from lessons.profiles import in_force
from lessons.publishing import publish_fact_value
from portal.exchange.faults import PackageFaults
from portal.exchange.reading import read_package
from quizzes.models import Question, QuestionVersion, QuizQuestion
from tests.portal.exchange.package import AHA, FACTS, add_variant, change, write

pytestmark = pytest.mark.django_db
QUIZ = "burns/cool-it/quiz.yaml"


def take(profile: str) -> None:
    """The country teaches that profile from now on."""
    fact = LocalFact.objects.get(key="resuscitation-profile")
    publish_fact_value(LocalFactValue.objects.create(fact=fact, value=profile), timezone.now())


def texts(key: str = "BU-1") -> list[tuple[str, str, str]]:
    """(language, profile, state) of every revision, the oldest first."""
    rows = Revision.objects.filter(text__lesson__key=key).order_by("pk")
    return list(rows.values_list("text__language", "profile", "state"))


def asked() -> dict[str, str]:
    """The state of the newest version by the key of its question."""
    rows = QuestionVersion.objects.order_by("number").values_list("question__key", "state")
    return dict(rows)


@pytest.fixture
def varied(package: Path) -> Path:
    return add_variant(package)


def test_a_variant_is_read_with_its_words_sources_and_figures_and_waits(varied: Path) -> None:
    read_package(varied)
    assert sorted(texts()) == [
        ("ar", "aha", State.RESERVE),
        ("ar", "erc", State.PUBLISHED),
        ("en", "aha", State.RESERVE),
        ("en", "erc", State.PUBLISHED),
    ]
    english = Revision.objects.get(text__lesson__key="BU-1", text__language="en", profile="aha")
    assert english.title == "Cool it, the American way"
    assert [citation.note for citation in english.citations.all()] == ["Cooling, the American way"]
    assert [use.name for use in english.pictures.all()] == ["figures/water.svg"], "the lesson's own, shown by both"
    assert english.html
    arabic = Revision.objects.get(text__lesson__key="BU-1", text__language="ar", profile="aha")
    assert arabic.made_from == english


def test_a_lesson_without_variants_is_written_for_all(varied: Path) -> None:
    read_package(varied)
    assert set(texts("BU-2")) == {("en", "", State.PUBLISHED), ("ar", "", State.PUBLISHED)}


def test_the_questions_of_a_variant_stand_in_the_lessons_check_and_wait(varied: Path) -> None:
    read_package(varied)
    profiles = dict(Question.objects.filter(lesson__key="BU-1").values_list("key", "profile"))
    assert profiles == {"BU-1-Q1": "", "BU-1-Q2": "erc", "BU-1-AHA-Q1": "aha"}
    assert asked()["BU-1-AHA-Q1"] == State.RESERVE
    assert {asked()[key] for key in ("BU-1-Q1", "BU-1-Q2")} == {State.PUBLISHED}
    listed = QuizQuestion.objects.filter(quiz__lesson__key="BU-1").order_by("position")
    assert [entry.question.key for entry in listed] == ["BU-1-Q1", "BU-1-Q2", "BU-1-AHA-Q1"]


def test_reading_variants_again_changes_nothing_whichever_profile_is_in_force(varied: Path) -> None:
    read_package(varied)
    for profile in ("erc", "aha", "erc"):
        take(profile)
        before = texts(), asked()
        report = read_package(varied)
        assert (report.created, report.changed) == ([], [])
        assert (texts(), asked()) == before


def test_a_changed_variant_becomes_a_revision_of_its_own_and_touches_no_other(varied: Path) -> None:
    read_package(varied)
    change(varied, f"{AHA}/lesson.en.md", "What to do with a burn.", "What to do.")
    read_package(varied)
    english = [row for row in texts() if row[0] == "en"]
    assert english == [
        ("en", "erc", State.PUBLISHED),
        ("en", "aha", State.SUPERSEDED),
        ("en", "aha", State.RESERVE),
    ]


def test_a_lesson_that_gets_variants_stays_readable_and_one_that_loses_them_too(package: Path) -> None:
    plain = package.parent / "plain"
    shutil.copytree(package, plain)
    read_package(plain)
    read_package(add_variant(package))
    assert [row for row in texts() if row[0] == "en"] == [
        ("en", "", State.SUPERSEDED),
        ("en", "erc", State.PUBLISHED),
        ("en", "aha", State.RESERVE),
    ]
    take("aha")
    read_package(plain)
    standing = Revision.objects.filter(
        text__lesson__key="BU-1", text__language="en", state__in=["published", "reserve"]
    )
    assert [(row.profile, row.state) for row in standing] == [("", State.PUBLISHED)]
    assert asked()["BU-1-Q2"] == State.PUBLISHED, "asked of all again"


def test_variants_that_are_read_as_drafts_are_published_by_the_next_reading(varied: Path) -> None:
    read_package(varied, publish=False)
    assert {state for _language, _profile, state in texts()} == {State.DRAFT}
    read_package(varied)
    assert len(texts()) == 4
    assert {state for _language, profile, state in texts() if profile == "aha"} == {State.RESERVE}


def test_a_package_that_is_read_where_aha_is_in_force_shows_its_variant_at_once(varied: Path) -> None:
    write(varied, "shared/local-facts.yaml", (varied / "shared/local-facts.yaml").read_text())
    fact = LocalFact.objects.create(key="resuscitation-profile", kind="choice")
    publish_fact_value(LocalFactValue.objects.create(fact=fact, value="aha"), timezone.now())
    assert in_force() == "aha"
    read_package(varied)
    assert {profile for _language, profile, state in texts() if state == State.PUBLISHED} == {"aha"}
    assert asked()["BU-1-AHA-Q1"] == State.PUBLISHED
    assert asked()["BU-1-Q2"] == State.RESERVE


FAULTS = [
    (f"{AHA}/variant.yaml", "BURN25", "BURN9", f"{AHA}/variant.yaml:2: There is no “BURN9” in sources.yaml."),
    (f"{AHA}/variant.yaml", "sources:", "source:", f"{AHA}/variant.yaml:1: source is not a field that is known here."),
    (
        f"{AHA}/lesson.en.md",
        "lesson:BU-2",
        "lesson:BU-7",
        f"{AHA}/lesson.en.md:14: There is no lesson “BU-7” to link to",
    ),
    (f"{AHA}/lesson.en.md", "figures/water", "figures/fire", f"{AHA}/lesson.en.md:12: "),
    (
        f"{AHA}/quiz.yaml",
        "BU-1-AHA-Q1",
        "BU-1-Q1",
        f"{AHA}/quiz.yaml:2: The key “BU-1-Q1” is taken by burns/cool-it/quiz",
    ),
    (f"{AHA}/quiz.yaml", "questions:", "draw: 1\nquestions:", f"{AHA}/quiz.yaml:1: draw is not a field that is known"),
    (
        f"{AHA}/quiz.yaml",
        "kind: true_false",
        "kind: true_false\n    profile: erc",
        f"{AHA}/quiz.yaml:4: A question for one profile stands beside the text for it.",
    ),
    (QUIZ, "profile: erc", "profile: aha", "burns/cool-it/quiz.yaml:23: A question for one profile stands beside the"),
    (QUIZ, "profile: erc", "profile: ilcor", "burns/cool-it/quiz.yaml:23: questions.2.profile cannot be 'ilcor'."),
    (QUIZ, "draw: 2", "draw: 3", "burns/cool-it/quiz.yaml:2: There are 2 questions, fewer than are drawn."),
    (
        "shared/local-facts.yaml",
        "kind: phone",
        "kind: choice",
        "shared/local-facts.yaml:2: facts.1 is wrong",
    ),
    ("shared/local-facts.yaml", 'default: "erc"', 'default: "aha"', "shared/local-facts.yaml:7: facts.2 is wrong"),
]


@pytest.mark.parametrize(("name", "old", "new", "said"), FAULTS)
def test_what_is_wrong_with_a_variant_is_said_at_its_line(
    varied: Path, name: str, old: str, new: str, said: str
) -> None:
    change(varied, name, old, new)
    with pytest.raises(PackageFaults) as found:
        read_package(varied)
    assert said in str(found.value)
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("lesson.ar.md", f"{AHA}/lesson.ar.md:1: This file is missing."),
        ("variant.yaml", f"{AHA}/variant.yaml:1: This file is missing."),
    ],
)
def test_a_variant_is_whole_or_refused(varied: Path, missing: str, said: str) -> None:
    (varied / AHA / missing).unlink()
    with pytest.raises(PackageFaults) as found:
        read_package(varied)
    assert said in str(found.value)


@pytest.mark.parametrize("name", ["ilcor/lesson.en.md", "erc/lesson.en.md", "notes.txt"])
def test_a_folder_of_no_profile_is_refused(varied: Path, name: str) -> None:
    write(varied, f"burns/cool-it/variants/{name}", "x")
    with pytest.raises(PackageFaults) as found:
        read_package(varied)
    assert "“variants” holds a folder for each of these profiles and nothing else: aha." in str(found.value)


def test_a_question_for_one_profile_needs_a_lesson_with_variants(package: Path) -> None:
    change(package, QUIZ, "key: BU-1-Q2\n", "key: BU-1-Q2\n    profile: erc\n")
    with pytest.raises(PackageFaults) as found:
        read_package(package)
    assert "A question for one profile stands beside the text for it." in str(found.value)


def test_every_profile_must_be_able_to_draw(varied: Path) -> None:
    """Without its question the variant asks one question of the two that are drawn."""
    (varied / AHA / "quiz.yaml").unlink()
    with pytest.raises(PackageFaults) as found:
        read_package(varied)
    assert "burns/cool-it/quiz.yaml:2: There are 1 questions, fewer than are drawn." in str(found.value)


def test_a_variant_may_have_no_questions_of_its_own(varied: Path) -> None:
    (varied / AHA / "quiz.yaml").unlink()
    change(varied, QUIZ, "    profile: erc\n", "")
    read_package(varied)
    take("aha")
    assert {asked()[key] for key in ("BU-1-Q1", "BU-1-Q2")} == {State.PUBLISHED}


def test_facts_without_a_choice_are_read_as_before(package: Path) -> None:
    write(package, "shared/local-facts.yaml", FACTS)
    read_package(package)
    assert in_force() == "erc"
