"""`manage.py figure_sheet`: write all figures of the starter curriculum on one page below var/."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.exchange.faults import PackageFaults
from portal.exchange.figure_sheet import sheet
from portal.exchange.survey import opened, survey

PAGE = settings.VAR_DIR / "figures" / "index.html"


class Command(BaseCommand):
    help = "Write all figures of the starter curriculum, light and dark, on one page below var/."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            courses = survey(opened())
        except PackageFaults as error:
            raise CommandError("\n  ".join(["lessons/curriculum:", *map(str, error.faults)])) from None
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(sheet(courses), encoding="utf-8")
        self.stdout.write(str(PAGE))
