"""A course's cover and its due rule go with it in a package, out and in."""

from pathlib import Path

import pytest

from lessons.covers import said_of
from lessons.models import Course, CourseEdition, EditionCover, Media, PictureCredit
from portal.exchange.faults import PackageFaults
from portal.exchange.reading import read_package
from portal.exchange.writing.package import lay_out, write_package
from tests.portal.exchange.package import SVG, change

pytestmark = pytest.mark.django_db
FILE = "burns/course.yaml"
CC_BY = 'credit: {licence: CC-BY-4.0, author: "Huda al-Amin", source_url: "https://pictures.example/tap"}'


def covered(package: Path, said: str = f"focus: [20, 70], {CC_BY}") -> Path:
    """The small package, with a cover."""
    (package / "burns/cover.svg").write_text(SVG.format("cover"))
    change(package, FILE, "modules:", f"cover: {{file: cover.svg, {said}}}\nmodules:")
    return package


def edition() -> CourseEdition:
    return CourseEdition.objects.get(state="published")


def written(folder: Path) -> dict[str, bytes]:
    """Every file of the package that the portal writes, by its path."""
    lay_out(write_package().files, folder)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def faults_of(package: Path) -> str:
    with pytest.raises(PackageFaults) as refused:
        read_package(package)
    return str(refused.value)


def test_a_cover_is_read_with_its_focus_and_credit(package: Path, media_folder: Path) -> None:
    read_package(covered(package))
    cover = EditionCover.objects.get(edition=edition())
    assert (cover.focus_x, cover.focus_y, cover.media.original_name) == (20, 70, "burns-cover.svg")
    assert (media_folder / cover.media.file).is_file()
    assert PictureCredit.objects.get(media=cover.media).author == "Huda al-Amin"


def test_reading_it_again_changes_nothing(package: Path) -> None:
    read_package(covered(package))
    assert read_package(package).is_quiet


def test_what_is_written_reads_and_writes_the_same(package: Path, tmp_path: Path) -> None:
    change(covered(package), FILE, "minutes:", "due_days: 30\nminutes:")
    read_package(package)
    first = written(tmp_path / "first")
    assert b"cover: {file: cover.svg, focus: [20, 70], credit: {licence: CC-BY-4.0" in first[FILE]
    assert b"\ndue_days: 30\n" in first[FILE]
    assert read_package(tmp_path / "first").is_quiet
    said = said_of(edition())
    for model in (EditionCover, PictureCredit):
        assert model.objects.exists()
    assert written(tmp_path / "second") == first
    assert said_of(edition()) == said


def test_a_package_without_says_nothing_of_either(package: Path, tmp_path: Path) -> None:
    read_package(package)
    text = written(tmp_path / "out")[FILE]
    assert b"cover:" not in text
    assert b"due_days" not in text


def test_another_focus_is_another_edition(package: Path) -> None:
    read_package(covered(package))
    change(package, FILE, "focus: [20, 70]", "focus: [20, 71]")
    assert "Raise `edition`" in faults_of(package)
    change(package, FILE, '"2026.1"', '"2026.2"')
    read_package(package)
    assert edition().label == "2026.2"
    assert (said_of(edition()) or ("", None))[1] == (20, 71)


def test_a_missing_file_is_a_fault_at_its_line(package: Path) -> None:
    covered(package)
    (package / "burns/cover.svg").unlink()
    assert "There is no “cover.svg” beside this file" in faults_of(package)


def test_a_file_that_no_cover_names_is_a_fault(package: Path) -> None:
    (package / "burns/cover.svg").write_text(SVG.format("cover"))
    assert "This file belongs to no package" in faults_of(package)


@pytest.mark.parametrize("said", ["focus: [20, 101]", "alt: A street", "credit: {licence: CC-BY-4.0}"])
def test_what_a_cover_cannot_say_is_a_fault(package: Path, said: str) -> None:
    assert FILE in faults_of(covered(package, said))
    assert not Media.objects.exists()


def test_what_is_no_picture_is_a_fault(package: Path) -> None:
    covered(package)
    (package / "burns/cover.svg").write_text("no picture")
    assert "burns/cover.svg" in faults_of(package)


def test_a_due_rule_that_is_left_out_stays_and_null_takes_it_away(package: Path) -> None:
    read_package(package)
    Course.objects.update(due_days=45)
    assert read_package(package).is_quiet
    assert Course.objects.get().due_days == 45
    change(package, FILE, "minutes:", "due_days: null\nminutes:")
    read_package(package)
    assert Course.objects.get().due_days is None


@pytest.mark.parametrize("days", ["0", "3651", "soon"])
def test_what_is_no_due_rule_is_a_fault(package: Path, days: str) -> None:
    change(package, FILE, "minutes:", f"due_days: {days}\nminutes:")
    assert FILE in faults_of(package)
