from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.accounts.models import User
from portal.studio.regrade_deed import score_again
from portal.studio.regrade_page import published_version, version_lines
from quizzes.models import QuestionVersion, Regrade
from quizzes.regrading import Changed, Counts, NotComparable, dry_run
from quizzes.rescoring import Selection

MOST_WORDS = Regrade._meta.get_field("reason").max_length or 0


class Command(BaseCommand):
    help = (
        "Score finished sittings again by a question's corrected version; without --reason only say what would change."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("lesson", help="the slug of the question's lesson")
        parser.add_argument("question", help="the key of the question")
        parser.add_argument("--number", type=int, action="append", help="an older version; all that can be, without it")
        parser.add_argument("--since", type=date.fromisoformat, help="the first day on which they were handed in")
        parser.add_argument("--until", type=date.fromisoformat, help="the last day")
        parser.add_argument("--reason", default="", help="do it, and keep this as the reason, which people read")
        parser.add_argument("--withdraw", action="store_true", help="take away the passes and completions that fall")
        parser.add_argument("--by", default="", help="the e-mail address of the person who does it")

    def handle(self, *, reason: str, withdraw: bool, by: str, **options: Any) -> None:
        if len(reason) > MOST_WORDS:
            raise CommandError(f"The reason is longer than {MOST_WORDS} characters.")
        person, reason = _person(by) if by else None, reason.strip()
        try:
            selection = _selection(options)
            found = dry_run(selection)
            self._tell(found.counts)
            if reason and not found.counts.attempts:
                raise CommandError("No answer is left to score again, so nothing was done.")
            if reason:
                done = score_again(person, selection, found.digest, reason, withdraw=withdraw)
                self.stdout.write(f"Done: {done.earned} completions earned, {done.withdrawn} withdrawn.")
            else:
                self.stdout.write("This was a dry run: nothing was changed.")
        except NotComparable as refusal:
            raise CommandError(str(refusal)) from None
        except Changed:
            raise CommandError("Somebody handed in meanwhile, so nothing was done. Run it again.") from None

    def _tell(self, counts: Counts) -> None:
        for name, value in vars(counts).items():
            self.stdout.write(f"{name}: {value}")


def _person(email: str) -> User:
    found = User.objects.filter(email__iexact=email).first()
    if found is None:
        raise CommandError(f"Nobody has the address {email}.")
    return found


def _selection(options: dict[str, Any]) -> Selection:
    """The answers that are meant; raises CommandError where there is no such question or version."""
    corrected = published_version(options["lesson"], options["question"])
    if corrected is None:
        raise CommandError(f"No published question {options['question']} in a lesson {options['lesson']}.")
    versions = tuple(sorted(_versions(corrected, options["number"])))
    return Selection(corrected.question_id, versions, corrected.pk, options["since"], options["until"])


def _versions(corrected: QuestionVersion, numbers: list[int] | None) -> list[int]:
    lines = version_lines(corrected, settings.LANGUAGE_CODE)
    if numbers is None:
        return [line.pk for line in lines if not line.why_not]
    known = {line.number: line.pk for line in lines}
    if missing := set(numbers) - known.keys():
        raise CommandError(f"No older version {', '.join(map(str, sorted(missing)))}.")
    return [known[number] for number in numbers]
