"""From when to when something counts: passes, completions, and the day on which one runs out."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from quizzes.models import Completion, CompletionWithdrawal, ProgressEvent

LATEST = ("-completed_on", "-pk")  # of several completions, the first in this order is the one that counts


def months_later(day: date, months: int) -> date:
    """The same day `months` later, or that month's last day where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(day)


def has_run_out(expires_on: date | None, day: date) -> bool:
    """Whether what holds until `expires_on` holds no longer on `day`: the last day is the one before."""
    return expires_on is not None and expires_on <= day


def run_out_by(day: date, field: str = "expires_on") -> Q:
    """The same of rows."""
    return Q(**{f"{field}__lte": day})


def running_on(day: date, field: str = "expires_on") -> Q:
    """Of rows: what has not run out."""
    return Q(**{field: None}) | Q(**{f"{field}__gt": day})


def completions_as_of(day: date | None = None) -> QuerySet[Completion]:
    """Completions that counted at the end of `day`, run out or not; None is now. One withdrawn counts until its day."""
    if day is None:
        return Completion.objects.filter(withdrawal=None)
    withdrawn = CompletionWithdrawal.objects.filter(completion=OuterRef("pk"), withdrawn_on__lte=day)
    return Completion.objects.filter(~Exists(withdrawn), completed_on__lte=day)


def not_withdrawn() -> Q:
    """Of events: not a pass that was withdrawn since."""
    withdrawn = ProgressEvent.objects.filter(
        verb=ProgressEvent.Verb.PASS_WITHDRAWN, attempt=OuterRef("attempt"), pk__gt=OuterRef("pk")
    )
    return ~Q(Exists(withdrawn))
