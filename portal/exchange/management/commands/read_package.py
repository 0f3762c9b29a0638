from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.exchange.faults import PackageFaults
from portal.exchange.reading import read_package
from portal.exchange.storing.report import Report

PROGRESS = "… "


class Command(BaseCommand):
    help = "Read a course package, or a folder of several, into the portal: all or nothing (docs/course-packages.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", type=Path, help="the folder of a course, or of several with shared/, or a zip of either"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument("--progress", action="store_true", help="say how far it is, a line now and then")
        parser.add_argument("--draft", action="store_true", help="leave what is new as drafts instead of publishing it")

    def handle(
        self, *, folder: Path, dry_run: bool, draft: bool, progress: bool, verbosity: int, **options: Any
    ) -> None:
        told = self.tell_progress if progress else lambda _words: None
        try:
            report = read_package(folder, dry_run=dry_run, publish=not draft, told=told)
        except PackageFaults as error:
            for fault in error.faults:
                self.stderr.write(str(fault))
            raise CommandError(_mending(len(error.faults))) from None
        self.tell(report, verbosity)
        if dry_run:
            self.stdout.write(_("This was a dry run: nothing was changed."))

    def tell_progress(self, words: str) -> None:
        self.stdout.write(f"{PROGRESS}{words}")
        self.stdout.flush()

    def tell(self, report: Report, verbosity: int) -> None:
        """Counts; the places too when asked for more words."""
        for message, places in (
            (_("Created: %(count)s"), report.created),
            (_("Changed: %(count)s"), report.changed),
            (_("Left alone: %(count)s"), report.unchanged),
        ):
            self.stdout.write(message % {"count": len(places)})
            for place in places if verbosity > 1 else ():
                self.stdout.write(f"  {place}")


def _mending(count: int) -> str:
    message = ngettext(
        "Nothing was changed: %(count)s fault to mend.", "Nothing was changed: %(count)s faults to mend.", count
    )
    return message % {"count": count}
