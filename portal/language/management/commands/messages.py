"""`manage.py messages`: gather the texts to translate into the catalogues."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.language.catalogues import gather_into


class Command(BaseCommand):
    help = "Gather every text of the code and the templates into portal/locale."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for language, count in gather_into(settings.BASE_DIR).items():
            self.stdout.write(f"{language}: {count} messages")
