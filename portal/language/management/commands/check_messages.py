"""`manage.py check_messages`: fail when a text lacks a good translation."""

from typing import Any

from babel.messages.catalog import Catalog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.language.catalogues import INSIDE, SOURCES, read, translated, updated
from portal.language.extraction import gather
from portal.language.faults import faults


def is_as_written(language: str, gathered: Catalog) -> bool:
    """Whether the kept catalogue is byte for byte what `make messages` would write."""
    kept = (SOURCES / language / INSIDE).read_text(encoding="utf-8")
    return kept == updated(read(language), gathered)


class Command(BaseCommand):
    help = "Check that every text is translated, and well."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        gathered = gather(settings.BASE_DIR)
        for language in translated():
            found = faults(read(language), gathered)
            if not found and not is_as_written(language, gathered):
                found = ["the catalogue is not as make messages writes it: run make messages"]
            if found:
                raise CommandError(f"{language}:\n  " + "\n  ".join(found))
            self.stdout.write(f"{language}: {len(gathered)} messages, all good")
