from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from portal.accounts.demo import demo_password, settle
from portal.accounts.demo_citizens import settle_citizens
from portal.accounts.demo_sittings import sit_check


class Command(BaseCommand):
    help = "Makes the people of a demonstration, citizens and sittings to report on; prints who can log in."

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError("Demo people are for a demonstration: set DEMO=1. A real portal must not have them.")
        password = demo_password()
        people = settle(password)
        settle_citizens()
        sit_check()
        call_command("count_answers", stdout=StringIO())
        width = max(len(person.email) for person in people)
        self.stdout.write("Log in with one of these addresses and the password " + password)
        for person in people:
            role = str(person.role.value) if person.role else "citizen"
            self.stdout.write(f"  {person.email:<{width}}  {role}")
