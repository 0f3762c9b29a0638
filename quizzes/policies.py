"""What the pages of a quiz say about feedback: which rule holds, and when the key opens."""

from dataclasses import dataclass
from datetime import datetime

from quizzes.models import Quiz
from quizzes.rules import Rules


@dataclass(frozen=True)
class Policy:
    """`name` is one of Quiz.Feedback; `is_open` says whether key and explanations are shown now."""

    name: str
    is_open: bool
    opens_at: datetime | None = None


def policy_of(rules: Rules, state: str, now: datetime) -> Policy:
    """The rule of an attempt in that state; a due date that was never set opens nothing."""
    is_open = rules.key_is_open(state, now)
    waiting = rules.feedback == Quiz.Feedback.AFTER_DUE
    name = Quiz.Feedback.NEVER if waiting and rules.due_at is None else rules.feedback
    return Policy(name.value, is_open, rules.due_at if waiting else None)
