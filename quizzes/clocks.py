"""Questions with a clock of their own: not sent before the learner starts them, and always to be had without it.

The clock is the server's, from the moment the question is asked for. It only measures: a late answer earns what the
same answer earns without the clock, and is kept as given without it, so nobody loses by being slow.
"""

from dataclasses import dataclass
from datetime import datetime

from quizzes.models import AttemptItem
from quizzes.rules import REACTION_GRACE, Rules, reaction_end

Mode = AttemptItem.Mode


@dataclass(frozen=True)
class Clock:
    """A question's own clock: what is `allowed` and what is `left`, in whole seconds."""

    allowed: int
    left: int


def waits(item: AttemptItem) -> bool:
    """Whether the question must be started before it is sent."""
    return bool(item.version.seconds) and item.shown_at is None and item.closed_at is None and item.mode != Mode.UNTIMED


def start(item: AttemptItem, now: datetime, *, timed: bool) -> None:
    """Starts the question once: with its clock, or without; starting it again changes nothing."""
    changed = {"shown_at": now} | ({} if timed else {"mode": Mode.UNTIMED})
    AttemptItem.objects.filter(pk=item.pk, shown_at=None, closed_at=None).update(**changed)


def clock_of(item: AttemptItem, rules: Rules, now: datetime) -> Clock | None:
    """The clock that runs on the question; None where none does."""
    end = reaction_end(rules, item.version.seconds, item.shown_at, item.mode)
    if end is None or item.shown_at is None:
        return None
    left = max(0, round((end - now).total_seconds()))
    return Clock(round((end - item.shown_at).total_seconds()), left)


@dataclass(frozen=True)
class Reaction:
    """How long an answer took of what was allowed, in whole seconds; `took` is 0 where that was not measured."""

    allowed: int
    took: int
    in_time: bool


def reaction(item: AttemptItem, rules: Rules, saved_at: datetime | None) -> Reaction | None:
    """How fast a question with a clock was answered; None where it has none, or was not answered."""
    if not item.version.seconds or item.shown_at is None or saved_at is None:
        return None
    allowed = rules.pace.allowed(item.version.seconds)
    seconds = round(allowed.total_seconds()) if allowed else 0
    in_time = allowed is not None and saved_at <= item.shown_at + allowed + REACTION_GRACE
    took = min(seconds, max(1, round((saved_at - item.shown_at).total_seconds())))
    return Reaction(seconds, took if in_time and item.mode != Mode.UNTIMED else 0, item.mode != Mode.UNTIMED)
