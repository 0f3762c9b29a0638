"""Scoring answers again as a deed of the portal: it is done and written down, or neither."""

from django.db import transaction
from django.http import HttpRequest

from portal.accounts.audit import record
from portal.accounts.models import User
from quizzes.models import Regrade
from quizzes.regrading import apply
from quizzes.rescoring import Selection

NUMBERS = ("items", "risen", "fallen", "passing", "failing", "earned", "withdrawn")


@transaction.atomic
def score_again(
    by: HttpRequest | User | None, selection: Selection, digest: str, reason: str, *, withdraw: bool
) -> Regrade:
    """What `apply` has made; `by` is the request it was asked in, the person, or None for who runs the portal."""
    person = by.user if isinstance(by, HttpRequest) else by
    done = apply(selection, digest, reason, person, withdraw=withdraw)
    counts = {name: getattr(done, name) for name in NUMBERS}
    record(by, "question.regraded", done.question.key, reason=done.reason, **done.chosen, **counts)
    return done
