from typing import Any

from django.core.management.base import BaseCommand

from quizzes.models import Learner
from quizzes.progress import project_everything


class Command(BaseCommand):
    help = "Rebuilds every learner's progress from events and attempts."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for learner in (
            Learner.objects.filter(merged_into=None, events__isnull=False).distinct().iterator(chunk_size=500)
        ):
            project_everything(learner)
            count += 1
        self.stdout.write(f"{count} learners rebuilt")
