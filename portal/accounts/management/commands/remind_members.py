from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.member_files.welcomes import send_some
from portal.accounts.reminding.rules import remind_by_rules


class Command(BaseCommand):
    help = "Send the reminders of courses that are due, and letters to people whose accounts were made from a table."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--most", type=int, default=1000, help="letters to new people in one run")

    def handle(self, *, most: int, **options: Any) -> None:
        self.stdout.write(_("Reminders: %(count)s") % {"count": remind_by_rules(timezone.localdate())})
        self.stdout.write(_("Letters to new people: %(count)s") % {"count": send_some(most)})
