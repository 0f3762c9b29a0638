"""The rules of a quiz as an attempt keeps them from its beginning."""

from datetime import datetime, timedelta
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from quizzes.models import Quiz

GRACE = timedelta(seconds=30)


class Rules(BaseModel):
    """Frozen into `Attempt.rules`; shares are between 0 and 1, times in seconds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    purpose: Quiz.Purpose
    pass_mark: Decimal
    feedback: Quiz.Feedback
    draw: int | None = None
    time_limit: int | None = None
    attempt_limit: int | None = None
    cooldown: int | None = None

    @classmethod
    def of(cls, quiz: Quiz) -> "Rules":
        return cls(
            purpose=Quiz.Purpose(quiz.purpose),
            pass_mark=quiz.pass_mark,
            feedback=Quiz.Feedback(quiz.feedback),
            draw=quiz.draw,
            time_limit=quiz.time_limit,
            attempt_limit=quiz.attempt_limit,
            cooldown=quiz.cooldown,
        )

    @property
    def at_once(self) -> bool:
        return self.feedback == Quiz.Feedback.AT_ONCE

    @property
    def needs_beginning(self) -> bool:
        """Whether the attempt begins by a deliberate act, before any question is sent."""
        return self.purpose == Quiz.Purpose.FINAL or bool(self.time_limit or self.attempt_limit)

    def deadline(self, begun_at: datetime) -> datetime | None:
        return begun_at + timedelta(seconds=self.time_limit) if self.time_limit else None
