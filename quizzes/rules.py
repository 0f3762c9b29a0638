"""The rules of a quiz as an attempt keeps them from its beginning."""

from datetime import datetime, timedelta
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from quizzes.accommodations import STANDARD, Pace
from quizzes.models import Attempt, Quiz

GRACE = timedelta(seconds=30)
REACTION_GRACE = timedelta(seconds=3)  # what a slow network takes of a question's own seconds


class Rules(BaseModel):
    """Frozen into `Attempt.rules`; shares are between 0 and 1, times in seconds.

    A rule that is not known here is left aside: while a new release is rolled out, processes of the old one read what
    the new one has frozen.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    purpose: Quiz.Purpose
    pass_mark: Decimal
    feedback: Quiz.Feedback
    draw: int | None = None
    time_limit: int | None = None
    attempt_limit: int | None = None
    cooldown: int | None = None
    due_at: datetime | None = None
    confidence: bool = False
    pace: Pace = STANDARD

    @classmethod
    def of(cls, quiz: Quiz, pace: Pace = STANDARD) -> "Rules":
        """Those of `quiz` for somebody who has that time."""
        return cls(
            purpose=Quiz.Purpose(quiz.purpose),
            pass_mark=quiz.pass_mark,
            feedback=Quiz.Feedback(quiz.feedback),
            draw=quiz.draw,
            time_limit=quiz.time_limit,
            attempt_limit=quiz.attempt_limit,
            cooldown=quiz.cooldown,
            due_at=quiz.due_at,
            confidence=quiz.confidence,
            pace=pace,
        )

    @property
    def at_once(self) -> bool:
        return self.feedback == Quiz.Feedback.AT_ONCE

    @property
    def needs_beginning(self) -> bool:
        """Whether the attempt begins by a deliberate act, before any question is sent."""
        return self.purpose == Quiz.Purpose.FINAL or bool(self.time_limit or self.attempt_limit or self.cooldown)

    def deadline(self, begun_at: datetime) -> datetime | None:
        allowed = self.pace.allowed(self.time_limit)
        return None if allowed is None else begun_at + allowed

    def key_is_open(self, state: str, now: datetime) -> bool:
        """Whether an attempt in that state may show keys and explanations; at once, those of what was answered.

        One that was left for another has no end: the other goes on, and may ask the same.
        """
        is_over = state in (Attempt.State.SUBMITTED, Attempt.State.EXPIRED)
        match self.feedback:
            case Quiz.Feedback.AT_ONCE:
                return True
            case Quiz.Feedback.AT_END:
                return is_over
            case Quiz.Feedback.AFTER_DUE:
                return is_over and self.due_at is not None and now >= self.due_at
        return False


def reaction_end(rules: Rules, seconds: int | None, shown_at: datetime | None, mode: str) -> datetime | None:
    """When the clock of a question runs out; None where none is running."""
    untimed = mode == "untimed" or shown_at is None
    allowed = None if untimed else rules.pace.allowed(seconds)
    return None if allowed is None or shown_at is None else shown_at + allowed
