from typing import Any

from django.core.management.base import BaseCommand

from lessons import stamp
from lessons.search.indexing import rebuild


class Command(BaseCommand):
    help = "Builds the search index anew from what is published."

    def handle(self, *args: Any, **options: Any) -> None:
        count = rebuild()
        stamp.touch()
        self.stdout.write(f"{count} documents indexed")
