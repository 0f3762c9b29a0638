from typing import Any

from django.core.management.base import BaseCommand

from quizzes.models import QuestionText
from quizzes.plain import write_missing


class Command(BaseCommand):
    help = "Writes the plain form of question texts that lack it, so that the question bank finds them."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{write_missing(QuestionText.objects.all())} texts written")
