from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.accounts.rights_words import page


class Command(BaseCommand):
    help = "Writes docs/rights.md from the table of rights."

    def handle(self, *args: Any, **options: Any) -> None:
        (settings.BASE_DIR / "docs" / "rights.md").write_text(page(), encoding="utf-8")
        self.stdout.write("docs/rights.md is written")
