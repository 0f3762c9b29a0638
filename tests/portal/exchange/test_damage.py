"""Two hundred packages damaged at random: refused with file, line and remedy, or read with what they mean; no third."""

import shutil
from pathlib import Path
from random import Random

import pytest
from django.db import transaction

from lessons.models import Course, Lesson, Revision, Source, State
from portal.exchange.faults import PackageFaults
from portal.exchange.reading import read_package
from portal.exchange.writing.package import write_package
from quizzes.models import Question, QuestionText
from tests.portal.exchange.package import add_variant
from tests.portal.exchange.test_zips import zipped

pytestmark = pytest.mark.django_db
TIMES, BATCHES = 200, 8
COUNTED = (Course, Lesson, Revision, Source, Question, QuestionText)


def flip(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << random.randrange(8))]) + data[at + 1 :]


def without_a_line(data: bytes, random: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    del lines[random.randrange(len(lines))]
    return b"".join(lines)


def with_a_line_twice(data: bytes, random: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    at = random.randrange(len(lines))
    return b"".join([*lines[: at + 1], *lines[at:]])


def cut_off(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data))]


def with_noise(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + random.randbytes(random.randint(1, 12)) + data[at:]


def indented(data: bytes, random: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    at = random.randrange(len(lines))
    return b"".join([*lines[:at], b"  " + lines[at], *lines[at + 1 :]])


INSIDE = (flip, without_a_line, with_a_line_twice, cut_off, with_noise, indented)


def damaged(package: Path, folder: Path, random: Random) -> Path:
    """A copy of the package with one thing wrong in a file, a file gone or misnamed, or as a zip that is broken."""
    copy = folder / "package"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(package, copy)
    file = random.choice(sorted(path for path in copy.rglob("*") if path.is_file()))
    way = random.randrange(10)
    if way < 7:
        file.write_bytes(random.choice(INSIDE)(file.read_bytes(), random))
    elif way == 7:
        file.unlink()
    elif way == 8:
        file.rename(file.with_name(f"x{file.name}"))
    else:
        place = zipped(copy)
        place.write_bytes(random.choice((flip, cut_off, with_noise))(place.read_bytes(), random))
        return place
    return copy


def rows() -> list[int]:
    return [model._default_manager.count() for model in COUNTED]


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_damaged_package_is_refused_or_keeps_its_meaning(package: Path, tmp_path: Path, batch: int) -> None:
    add_variant(package)
    for number in range(batch, TIMES, BATCHES):
        broken = damaged(package, tmp_path / "damaged", Random(number))
        with transaction.atomic():
            try:
                read_package(broken)
            except PackageFaults as error:
                for fault in error.faults:
                    assert fault.file, number
                    assert fault.line >= 1, number
                    assert fault.message.rstrip().endswith((".", "”", ")")), (number, fault.message)
                assert rows() == [0] * len(COUNTED), number
            else:
                # What was read is whole: it is published, says the same when it is read again, and can be written out.
                assert read_package(broken).is_quiet, number
                assert not Revision.objects.exclude(state__in=[State.PUBLISHED, State.RESERVE]).exists(), number
                assert write_package().courses == list(Course.objects.values_list("key", flat=True)), number
            transaction.set_rollback(True)
