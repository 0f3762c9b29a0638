"""What is written out can be read again and says the same; reading it where it came from changes nothing."""

from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from lessons.models import Course, LocalFact, LocalFactValue, Media, Revision, RevisionSource, State, Topic
from lessons.pictures import picture_as_is
from lessons.profiles import settle
from portal.exchange.faults import PackageFaults
from portal.exchange.reading import read_package
from portal.exchange.writing.package import Written, lay_out, linked_with, write_package
from portal.exchange.zips import write_zip
from quizzes.models import Question, Quiz
from tests.factories import TopicFactory
from tests.portal.exchange.package import add_variant, change, write

pytestmark = pytest.mark.django_db
STARTER = Path(__file__).resolve().parents[3] / "lessons" / "curriculum"


def contents(written: Written) -> dict[str, bytes]:
    return {
        name: content.read_bytes() if isinstance(content, Path) else content for name, content in written.files.items()
    }


def test_a_package_survives_the_way_through_an_empty_portal(package: Path, tmp_path: Path, settings: Any) -> None:
    add_variant(package)
    with transaction.atomic():
        read_package(package)
        written = write_package()
        first = contents(written)
        lay_out(written.files, tmp_path / "out")
        transaction.set_rollback(True)
    assert not Course.objects.exists()
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    read_package(tmp_path / "out")
    assert contents(write_package()) == first


def test_what_is_written_changes_nothing_where_it_came_from(package: Path, tmp_path: Path) -> None:
    add_variant(package)
    read_package(package)
    lay_out(write_package().files, tmp_path / "out")
    assert read_package(tmp_path / "out").is_quiet


@pytest.mark.parametrize("profile", ["erc", "aha"])
def test_what_waits_in_reserve_is_written_whichever_profile_is_in_force(package: Path, profile: str) -> None:
    add_variant(package)
    read_package(package)
    before = contents(write_package())
    fact = LocalFact.objects.get(key="resuscitation-profile")
    LocalFactValue.objects.create(fact=fact, value=profile, state=State.PUBLISHED, published_at=timezone.now())
    settle()
    assert contents(write_package()) == before
    assert b"the American way" in before["burns/cool-it/variants/aha/lesson.en.md"]
    assert b"profile: erc" in before["burns/cool-it/quiz.yaml"]


def test_the_starter_curriculum_survives_whole(tmp_path: Path, settings: Any) -> None:
    with transaction.atomic():
        read_package(STARTER)
        written = write_package()
        first = contents(written)
        lay_out(written.files, tmp_path / "all")
        assert read_package(tmp_path / "all", dry_run=True).is_quiet
        for course in Course.objects.all():
            alone = tmp_path / f"{course.key}.zip"
            with alone.open("wb") as file:
                write_zip(write_package([course]).files, file)
            assert read_package(alone, dry_run=True).is_quiet, course.key
        life_saving = Course.objects.get(key="LS")
        assert write_package([life_saving]).needs == ["FA"]
        assert [course.key for course in linked_with([life_saving])] == ["LS", "FA"]
        transaction.set_rollback(True)
    assert not Course.objects.exists()
    figures = {name: data for name, data in first.items() if "/figures/" in name}
    assert figures
    assert {name: picture_as_is((STARTER / name).read_bytes()).data for name in figures} == figures
    assert b"picture: figures/baby-chest.svg" in first["life-saving/child-and-infant-cpr/quiz.yaml"]
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    read_package(tmp_path / "all")
    assert contents(write_package()) == first


def test_the_same_portal_gives_the_same_zip(package: Path) -> None:
    read_package(package)
    one, two = BytesIO(), BytesIO()
    write_zip(write_package().files, one)
    write_zip(write_package().files, two)
    assert one.getvalue() == two.getvalue()


def test_rules_and_rows_of_a_draw_are_written(package: Path, tmp_path: Path) -> None:
    change(
        package,
        "burns/cool-it/quiz.yaml",
        "draw: 2\n",
        "draw: 2\ndraw_rows:\n  - {count: 1, skill: cool-a-burn}\nattempt_limit: 3\nfeedback: after_due\n"
        "due_at: 2026-12-01T12:00:00+03:00\nconfidence: true\n",
    )
    change(package, "burns/final.yaml", "draw: 3\n", "draw: 3\ndraw_rows:\n  - {count: 1, module: BU-M1}\n")
    read_package(package)
    files = contents(write_package())
    quiz = files["burns/cool-it/quiz.yaml"].decode()
    assert "  - {count: 1, skill: cool-a-burn}\n" in quiz
    assert 'due_at: "2026-12-01T09:00:00+00:00"' in quiz
    assert "  - {count: 1, module: BU-M1}\n" in files["burns/final.yaml"].decode()
    lay_out(write_package().files, tmp_path / "out")
    assert read_package(tmp_path / "out").is_quiet


def test_a_course_takes_with_it_what_it_uses_and_no_more(package: Path) -> None:
    change(package, "shared/glossary.yaml", "A bubble of skin.", "A bubble of skin, never used in a lesson.")
    write(
        package,
        "shared/sources.yaml",
        (package / "shared/sources.yaml").read_text()
        + "  - {key: OTHER, title: Other, publisher: Nobody, year: 2025}\n",
    )
    read_package(package)
    every, own = contents(write_package()), contents(write_package(list(Course.objects.all())))
    assert b"OTHER" in every["shared/sources.yaml"]
    assert b"OTHER" not in own["shared/sources.yaml"]
    assert b"BURN25" in own["shared/sources.yaml"]
    assert "shared/glossary.yaml" not in own
    assert b"emergency-number" in own["shared/local-facts.yaml"]


def test_reading_some_topics_leaves_the_order_of_the_others(package: Path, tmp_path: Path) -> None:
    read_package(package)
    Topic.objects.update(position=5)
    first, last = TopicFactory(key="first", position=1), TopicFactory(key="last", position=9)
    lay_out(write_package(list(Course.objects.all())).files, tmp_path / "out")
    assert read_package(tmp_path / "out").is_quiet
    topics = tmp_path / "out" / "shared" / "topics.yaml"
    new = "  - {key: scalds, slug: scalds, icon: fire, texts: {en: {name: Scalds}, ar: {name: سمط}}}\n"
    topics.write_text(topics.read_text() + new)
    read_package(tmp_path / "out")
    keys = list(Topic.objects.order_by("position").values_list("key", flat=True))
    assert keys == [first.key, "burns", "scalds", last.key]


def test_a_signature_that_one_language_lacks_is_not_written(package: Path) -> None:
    change(package, "burns/cool-it/lesson.yaml", "by: null, at: null", "by: Dr Noor, at: 2026-05-01")
    read_package(package)
    assert b'by: "Dr Noor", at: 2026-05-01' in contents(write_package())["burns/cool-it/lesson.yaml"]
    former = Revision.objects.get(text__lesson__key="BU-1", text__language="ar")
    fields = {name: getattr(former, name) for name in ("text", "title", "summary", "objective", "markdown", "html")}
    Revision.objects.filter(pk=former.pk).update(state=State.SUPERSEDED)
    newer = Revision.objects.create(number=2, state=State.PUBLISHED, published_at=timezone.now(), **fields)
    assert b"by: null, at: null, due: 2027-11-01" in contents(write_package())["burns/cool-it/lesson.yaml"]
    assert newer.expert_on is None


def test_the_profession_of_who_signed_is_read_and_written(package: Path) -> None:
    signed = "by: Dr Noor, title: Burns surgeon, at: 2026-05-01"
    change(package, "burns/cool-it/lesson.yaml", "by: null, at: null", signed)
    read_package(package)
    titles = Revision.objects.filter(text__lesson__key="BU-1").values_list("expert_title", flat=True)
    assert set(titles) == {"Burns surgeon"}
    assert (
        b'by: "Dr Noor", title: "Burns surgeon", at: 2026-05-01'
        in contents(write_package())["burns/cool-it/lesson.yaml"]
    )


def test_a_retired_question_and_a_draft_stay_at_home(package: Path) -> None:
    read_package(package)
    Question.objects.filter(key="BU-2-Q1").update(archived_at=timezone.now())
    text = Revision.objects.filter(text__lesson__key="BU-1", text__language="en").latest("number").text
    Revision.objects.create(text=text, number=7, title="A draft", markdown="::: first\nA draft.\n:::\n")
    files = contents(write_package())
    assert b"BU-2-Q1" not in files["burns/cover-it/quiz.yaml"]
    assert b"A draft" not in files["burns/cool-it/lesson.en.md"]


def refused(courses: list[Course] | None = None) -> str:
    with pytest.raises(PackageFaults) as error:
        write_package(courses)
    return str(error.value)


def test_a_lost_picture_is_named(package: Path, media_folder: Path) -> None:
    read_package(package)
    (media_folder / Media.objects.get().file).unlink()
    assert "burns/cool-it/figures/water.svg:1: The portal has lost this file." in refused()


def test_a_rule_that_a_package_cannot_say_is_named(package: Path) -> None:
    read_package(package)
    Quiz.objects.filter(lesson__key="BU-1").update(time_limit=90)
    assert "burns/cool-it/quiz.yaml:1: 90 seconds are no whole number of minutes" in refused()


def test_a_lesson_of_another_authority_is_named(package: Path) -> None:
    read_package(package)
    Course.objects.update(authority="elsewhere")
    assert "burns/cool-it/lesson.yaml:1: “BU-1” belongs to “starter” and its course to “elsewhere”" in refused()


def test_a_course_without_an_edition_is_named() -> None:
    assert "XX/course.yaml:1: Nothing of this course is published yet." in refused(
        [Course.objects.create(key="XX", slug="xx")]
    )


def test_notes_in_a_language_of_their_own_stay_there(package: Path) -> None:
    change(package, "burns/cool-it/lesson.yaml", 'note: "Cooling"', 'note: {en: "Cooling", ar: "التبريد"}')
    read_package(package)
    assert RevisionSource.objects.filter(note="التبريد").exists()
    lesson = contents(write_package())["burns/cool-it/lesson.yaml"].decode()
    assert '{key: BURN25, note: {en: "Cooling", ar: "التبريد"}}' in lesson


def said(*args: object) -> str:
    out = StringIO()
    call_command("write_package", *map(str, args), stdout=out)
    return out.getvalue()


def test_the_command_writes_a_folder_or_a_zip(package: Path, tmp_path: Path) -> None:
    read_package(package)
    assert said("BU", "--to", tmp_path / "out").startswith("BU: ")
    assert said("--to", tmp_path / "out.zip").startswith("BU: ")
    assert read_package(tmp_path / "out").is_quiet
    assert read_package(tmp_path / "out.zip").is_quiet


def test_the_command_overwrites_no_folder(package: Path, tmp_path: Path) -> None:
    read_package(package)
    write(tmp_path / "out", "letter.txt", "mine")
    with pytest.raises(CommandError, match="is not empty"):
        said("--to", tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["letter.txt"]


def test_the_command_names_a_course_that_there_is_not(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no course “XX”"):
        said("XX", "--to", tmp_path / "out")
    assert not (tmp_path / "out").exists()
