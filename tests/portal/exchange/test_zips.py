"""A package comes as a zip too; a zip that would do harm is refused by name, and nothing of it stays anywhere."""

import io
import resource
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lessons.models import Course
from portal.exchange import zips
from portal.exchange.faults import FaultList, PackageFaults
from portal.exchange.reading import read_package

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder for temporary things: after every test it is as empty as before."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def zipped(package: Path, more: Callable[[zipfile.ZipFile], Any] = lambda _archive: None, inside: str = "") -> Path:
    """The package as a zip, with what `more` adds to it."""
    place = package.parent / "package.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(package.rglob("*")):
            archive.write(path, inside + path.relative_to(package).as_posix())
        more(archive)
    return place


def refusal(place: Path) -> str:
    with pytest.raises(PackageFaults) as error:
        read_package(place)
    assert not Course.objects.exists()
    return str(error.value)


@pytest.mark.parametrize("inside", ["", "curriculum/"])
def test_a_zip_is_read_like_its_folder(package: Path, inside: str) -> None:
    report = read_package(zipped(package, inside=inside))
    assert len(report.created) == 19
    assert read_package(package).is_quiet


def test_one_course_that_was_packed_with_its_folder_is_read(package: Path) -> None:
    shutil.copytree(package / "shared", package / "burns", dirs_exist_ok=True)
    shutil.rmtree(package / "shared")
    read_package(zipped(package))
    assert Course.objects.get().key == "BU"


def test_what_file_managers_leave_in_a_zip_is_left_out(package: Path) -> None:
    def more(archive: zipfile.ZipFile) -> None:
        archive.writestr("__MACOSX/burns/._course.yaml", b"\0\1")
        archive.writestr("burns/.DS_Store", b"\0\1")

    read_package(zipped(package, more))
    assert Course.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["../escaped.txt", "burns/../../escaped.txt", "/escaped.txt", "C:escaped.txt", "a\\..\\b.txt", "./x", "a//b"],
)
def test_a_name_that_leads_out_of_the_package_is_refused(package: Path, name: str) -> None:
    place = zipped(package, lambda archive: archive.writestr(zipfile.ZipInfo(name), "out"))
    assert "This name leads out of the package." in refusal(place)
    assert not list(package.parent.rglob("escaped.txt"))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_a_link_or_a_device_is_refused(package: Path, kind: int) -> None:
    link = zipfile.ZipInfo("burns/cool-it/figures/link.svg")
    link.create_system, link.external_attr = 3, (kind | 0o777) << 16
    place = zipped(package, lambda archive: archive.writestr(link, "/etc/passwd"))
    assert (
        refusal(place)
        == "burns/cool-it/figures/link.svg:1: This is a link or a device and no file. Put the file itself there."
    )


def test_a_file_that_would_unpack_to_far_more_than_it_is_is_refused(package: Path) -> None:
    place = zipped(package, lambda archive: archive.writestr("burns/bomb.yaml", b"0" * 5_000_000))
    assert "burns/bomb.yaml:1: This would unpack to far more than it is." in refusal(place)


def test_too_much_in_all_is_refused(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = zipped(package)
    monkeypatch.setattr(zips, "MOST_UNPACKED", 5_000)
    assert "It unpacks to more than 0 MB." in refusal(place)


def test_a_zip_that_hides_its_size_is_stopped_while_it_unpacks(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a zip says of its files is a claim."""
    place = zipped(package)
    monkeypatch.setattr(zips, "MOST_UNPACKED", 5_000)
    monkeypatch.setattr(zips, "_claimed", lambda _entries: 0)
    assert "It unpacks to more than 0 MB." in refusal(place)


def test_too_many_files_are_refused(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "MOST_FILES", 5)
    assert "It holds more than 5 files. Divide it." in refusal(zipped(package))


def test_a_zip_of_more_than_100_mb_is_not_opened(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "MOST_BYTES", 1024 * 1024)
    place = zipped(package)
    with place.open("r+b") as file:
        file.truncate(1024 * 1024 + 1)
    assert refusal(place) == "package.zip:1: The file is larger than 1 MB. Divide it: each course may travel alone."


def test_an_encrypted_zip_is_refused(package: Path) -> None:
    place = zipped(package)
    data = bytearray(place.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    place.write_bytes(data)
    assert "This is encrypted. Make the zip without a password." in refusal(place)


def test_a_way_of_packing_that_is_not_read_is_refused(package: Path) -> None:
    place = zipped(package, lambda archive: archive.writestr("burns/README.md", "x", zipfile.ZIP_BZIP2))
    assert "burns/README.md:1: This is packed in a way that is not read here." in refusal(place)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["burns/course.yaml", "Burns/Course.yaml"])
def test_a_name_that_stands_twice_is_refused(package: Path, name: str) -> None:
    place = zipped(package, lambda archive: archive.writestr(name, "key: other"))
    assert f"{name}:1: This name stands twice in the zip. Keep one of them." in refusal(place)


def test_a_file_that_is_a_folder_too_is_refused(package: Path) -> None:
    place = zipped(package, lambda archive: archive.writestr("burns/course.yaml/README.md", "x"))
    assert "burns/course.yaml:1: This is a file and a folder at once." in refusal(place)


@pytest.mark.parametrize("name", ["x" * 300, "/".join("abcdefghijkl"), "a\x07b"])
def test_a_name_that_no_file_may_have_is_refused(package: Path, name: str) -> None:
    place = zipped(package, lambda archive: archive.writestr(name, "x"))
    assert "This name is too long, too deep, or holds signs that no file name may hold." in refusal(place)


@pytest.mark.parametrize("share", [0, 0.3, 0.9, 0.999])
def test_a_broken_zip_is_refused(package: Path, share: float) -> None:
    place = zipped(package)
    data = place.read_bytes()
    place.write_bytes(data[: int(len(data) * share)])
    assert refusal(place) == ("package.zip:1: This is no zip file, or it is damaged. Make or download it once more.")


def test_a_disk_that_takes_no_more_is_not_the_fault_of_the_zip(package: Path) -> None:
    place = zipped(package)
    allowed, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, most))
    try:
        with pytest.raises(OSError, match="File too large"), zips.unpacked(place, FaultList()):
            pass
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (allowed, most))


def test_a_changed_byte_inside_is_noticed(package: Path) -> None:
    place = package.parent / "package.zip"
    with zipfile.ZipFile(place, "w") as archive:
        for path in sorted(path for path in package.rglob("*") if path.is_file()):
            archive.write(path, path.relative_to(package).as_posix())
    place.write_bytes(place.read_bytes().replace(b"Cool water", b"Cold water"))
    assert "it is damaged" in refusal(place)


def test_faults_in_a_zip_name_the_files_in_it(package: Path) -> None:
    (package / "burns/final.yaml").write_text("pass_mark: 80\n")
    assert "burns/final.yaml:1: pass_mark is wrong (80)" in refusal(zipped(package))


def test_pictures_that_are_packed_already_are_not_packed_again() -> None:
    target = io.BytesIO()
    zips.write_zip({"b.webp": b"x" * 1000, "a.yaml": b"x" * 1000}, target)
    with zipfile.ZipFile(target) as archive:
        sizes = {entry.filename: entry.compress_size < 1000 for entry in archive.infolist()}
    assert sizes == {"a.yaml": True, "b.webp": False}
    assert list(sizes) == ["a.yaml", "b.webp"]
