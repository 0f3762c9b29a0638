"""Answers that are old: what was answered goes, the share that it earned stays, and with it all that is shown of it.

Progress, skills and results rest on the shares. A question that is corrected after this is scored again only for
answers that are still there.
"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from quizzes.models import Response


def old_answers(before: datetime) -> QuerySet[Response]:
    """The answers saved before that moment whose words or choices are still kept."""
    return Response.objects.filter(answer__isnull=False, saved_at__lt=before)


def forget_answers(rows: Collection[int]) -> int:
    """Takes away what was answered and when the device said it was; returns of how many answers."""
    return Response.objects.filter(pk__in=rows).update(answer=None, client_time=None)
