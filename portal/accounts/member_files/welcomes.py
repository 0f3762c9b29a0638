"""Letters to people whose accounts were made from a file, some at a time, lest they be taken for a flood."""

from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from portal.accounts import letters
from portal.accounts.joining.names import organisation_names
from portal.accounts.models import WelcomeDue

TOGETHER = 100
PAUSE = timedelta(minutes=1)


@task()
def send_welcomes() -> int:
    """Writes to the next hundred; with a worker the others follow by the minute, else by `remind_members`."""
    sent = send_some()
    if settings.WORKER and sent == TOGETHER:
        send_welcomes.using(run_after=timezone.now() + PAUSE).enqueue()
    return sent


@transaction.atomic
def send_some(most: int = TOGETHER) -> int:
    """How many were written to; each person once, whoever else is at it."""
    rows = WelcomeDue.objects.select_for_update(skip_locked=True, of=("self",)).select_related("user").order_by("pk")
    due = list(rows[:most])
    WelcomeDue.objects.filter(pk__in=[row.pk for row in due]).delete()
    names = {
        language: organisation_names({row.organisation_id for row in due}, language)
        for language in {row.user.language for row in due}
    }
    for row in due:
        letters.send(
            "welcome",
            row.user,
            organisation=names[row.user.language][row.organisation_id],
            url=f"{reverse('account_login')}?{urlencode({'email': row.user.email or ''})}",
        )
    return len(due)
