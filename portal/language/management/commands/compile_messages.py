"""`manage.py compile_messages`: make the catalogues that the portal reads."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.language.catalogues import compile_stale


class Command(BaseCommand):
    help = "Compile the message catalogues that changed."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for file in compile_stale():
            self.stdout.write(f"wrote {file}")
