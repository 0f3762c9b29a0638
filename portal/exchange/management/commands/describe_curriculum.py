"""`manage.py describe_curriculum`: write docs/curriculum.md, or fail when it is not what would be written."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.exchange.faults import PackageFaults
from portal.exchange.survey import opened, survey
from portal.exchange.survey_page import page

PAGE = settings.BASE_DIR / "docs" / "curriculum.md"


class Command(BaseCommand):
    help = "Count what the starter curriculum holds, and write it to docs/curriculum.md."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only fail when the file is not what would be written")

    def handle(self, *, check: bool, **options: Any) -> None:
        try:
            courses = survey(opened())
        except PackageFaults as error:
            raise CommandError("\n  ".join(["lessons/curriculum:", *map(str, error.faults)])) from None
        wanted = page(courses)
        if check and not (PAGE.is_file() and PAGE.read_text(encoding="utf-8") == wanted):
            raise CommandError("docs/curriculum.md is not true: run python manage.py describe_curriculum")
        if not check:
            PAGE.write_text(wanted, encoding="utf-8")
        lessons = sum(len(course.lessons) for course in courses)
        self.stdout.write(f"docs/curriculum.md: {len(courses)} courses, {lessons} lessons")
