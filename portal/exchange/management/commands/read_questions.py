from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lessons.models import Lesson
from portal.accounts.models import User
from portal.exchange.questions.asked import FileRefused, Note
from portal.exchange.questions.decoding import MOST_BYTES
from portal.exchange.questions.forms import in_words
from portal.exchange.questions.keeping import CHANGED, CREATED, NOT_KEPT, UNCHANGED, Report, keep
from portal.exchange.questions.reading import questions_in
from portal.studio.languages import written_languages


class Command(BaseCommand):
    help = "Read a GIFT or Moodle XML file into the drafts of a lesson's questions (docs/question-files.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a GIFT or Moodle XML file")
        parser.add_argument("--lesson", required=True, help="the key of the lesson, or its slug")
        parser.add_argument("--language", required=True, choices=written_languages(), help="what it is written in")
        parser.add_argument("--format", default="", choices=["gift", "moodle"], help="the file shows it, without this")
        parser.add_argument("--by", default="", help="the e-mail address of the person whose drafts they become")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")

    def handle(
        self, *, file: Path, lesson: str, language: str, by: str, dry_run: bool, verbosity: int, **options: Any
    ) -> None:
        found, person = _lesson(lesson), _person(by) if by else None
        try:
            with file.open("rb") as opened:
                questions = questions_in(opened.read(MOST_BYTES + 1), options["format"])
        except OSError as error:
            raise CommandError(_("The file cannot be opened: %(reason)s") % {"reason": error.strerror}) from None
        except FileRefused as refusal:
            for fault in refusal.faults:
                self.stderr.write(_in_line(file, fault))
            raise CommandError(_mending(len(refusal.faults))) from None
        report = keep(questions, found, language, person, dry_run=dry_run)
        self.tell(report, file, verbosity)
        if dry_run:
            self.stdout.write(_("This was a dry run: nothing was changed."))

    def tell(self, report: Report, file: Path, verbosity: int) -> None:
        """Counts with what is not kept; every question when asked for more words."""
        for note in report.notes:
            self.stdout.write(in_words(note))
        for message, outcome in (
            (_("Created: %(count)s"), CREATED),
            (_("Changed: %(count)s"), CHANGED),
            (_("Left alone: %(count)s"), UNCHANGED),
            (_("Not kept: %(count)s"), NOT_KEPT),
        ):
            self.stdout.write(message % {"count": report.count(outcome)})
            for line in report.lines:
                if line.outcome == outcome and (verbosity > 1 or line.notes):
                    self.stdout.write(f"  {line.line}: {' · '.join(filter(None, [line.key, line.title]))}")
                    for note in line.notes:
                        self.stdout.write(f"    {_in_line(file, note)}")


def _in_line(file: Path, note: Note) -> str:
    return f"{file}:{note.line}: {note.message}" if note.line else f"{file}: {note.message}"


def _lesson(name: str) -> Lesson:
    """By its key, or else by its slug, which is unique where several authorities have the same key."""
    found = list(Lesson.objects.filter(key=name, archived_at=None)[:2])
    if len(found) != 1:
        found = list(Lesson.objects.filter(slug=name, archived_at=None))
    if not found:
        raise CommandError(_("There is no lesson “%(name)s”, or there are several: name its slug.") % {"name": name})
    return found[0]


def _person(email: str) -> User:
    found = User.objects.filter(email__iexact=email).first()
    if found is None:
        raise CommandError(_("Nobody has the address %(email)s.") % {"email": email})
    return found


def _mending(count: int) -> str:
    message = ngettext(
        "Nothing was changed: %(count)s fault to mend.", "Nothing was changed: %(count)s faults to mend.", count
    )
    return message % {"count": count}
