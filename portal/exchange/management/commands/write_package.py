"""`manage.py write_package`: what is published of courses as a package, a folder or a zip."""

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lessons.models import Course
from portal.exchange.faults import PackageFaults
from portal.exchange.writing.package import Written, lay_out, linked_with, write_package
from portal.exchange.zips import write_zip


class Command(BaseCommand):
    help = "Write what is published of courses as a course package: a folder or a zip (docs/course-packages.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("courses", nargs="*", metavar="course", help="keys of courses; all of them when left out")
        parser.add_argument("--to", type=Path, required=True, help="a folder that is new or empty, or a file *.zip")
        parser.add_argument("--linked", action="store_true", help="the courses too that these name or link to")

    def handle(self, *, courses: list[str], to: Path, linked: bool, **options: Any) -> None:
        chosen = _named(courses) if courses else None
        if chosen and linked:
            chosen = linked_with(chosen)
        try:
            written = write_package(chosen)
        except PackageFaults as error:
            for fault in error.faults:
                self.stderr.write(str(fault))
            raise CommandError(_mending(len(error.faults))) from None
        put(written, to)
        counts = {"files": len(written.files), "courses": ", ".join(written.courses)}
        self.stdout.write(_("%(courses)s: %(files)s files written.") % counts)
        if written.needs:
            message = _("Where these courses are not yet, it cannot be read alone: %(courses)s. See --linked.")
            self.stdout.write(message % {"courses": ", ".join(written.needs)})


def put(written: Written, to: Path) -> None:
    """The package in its place, all of it or nothing; raises CommandError where something else is there."""
    if to.suffix == ".zip":
        to.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=to.parent, delete=False) as fresh:
            write_zip(written.files, fresh)
        Path(fresh.name).chmod(0o644)
        Path(fresh.name).replace(to)
        return
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise CommandError(_("“%(place)s” is not empty. Name a folder that is new or empty.") % {"place": to})
    to.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=to.parent) as folder:
        lay_out(written.files, Path(folder) / "package")
        (Path(folder) / "package").replace(to)


def _named(keys: list[str]) -> list[Course]:
    rows = list(Course.objects.filter(key__in=keys))
    for key in keys:
        found = [row for row in rows if row.key == key]
        if len(found) != 1:
            problem = _("There is no course “%(key)s”.") if not found else _("Several courses have the key “%(key)s”.")
            raise CommandError(problem % {"key": key})
    return rows


def _mending(count: int) -> str:
    message = ngettext(
        "Nothing was written: %(count)s fault to mend.", "Nothing was written: %(count)s faults to mend.", count
    )
    return message % {"count": count}
