from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.place_files import PlaceFaults, read_places


class Command(BaseCommand):
    help = "Read regions and organisations from a CSV file into the portal: all or nothing (docs/operations.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a CSV file: kind,code,parent,name_ar,name_en")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")

    def handle(self, *, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            read = read_places(file, dry_run=dry_run)
        except PlaceFaults as error:
            for fault in error.faults:
                self.stderr.write(f"{file}:{fault.line}: {fault.message}")
            raise CommandError(_mending(len(error.faults))) from None
        self.stdout.write(_("Created: %(count)s") % {"count": len(read.created)})
        self.stdout.write(_("Changed: %(count)s") % {"count": len(read.changed)})
        self.stdout.write(_("Left alone: %(count)s") % {"count": len(read.unchanged)})
        if dry_run:
            self.stdout.write(_("This was a dry run: nothing was changed."))


def _mending(count: int) -> str:
    message = ngettext(
        "Nothing was changed: %(count)s fault to mend.", "Nothing was changed: %(count)s faults to mend.", count
    )
    return message % {"count": count}
