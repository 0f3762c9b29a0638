"""Short ways to sit a quiz in tests."""

import uuid
from datetime import datetime
from typing import Any

from quizzes import attempts, draws
from quizzes.models import Attempt, AttemptItem, Learner, Quiz, Response

RIGHT: dict[str, Any] = {
    "single_choice": "press",
    "true_false": "true",
    "multiple_choice": ["cloth", "hand"],
    "numerical": "5.5",
    "ordering": ["look", "call", "check", "press"],
    "matching": {"fire": "out", "flood": "up", "cloud": "in"},
    "short_answer": "The Torniquet",
    "gap_fill": {"where": "chest", "deep": "five"},
    "hotspot": "bone",
}
WAITED = RIGHT | {"single_choice": "wait"}
WRONG: dict[str, Any] = {
    "single_choice": "wait",
    "true_false": "false",
    "multiple_choice": ["ice"],
    "numerical": "50",
    "ordering": ["press", "check", "call", "look"],
    "matching": {"fire": "down", "flood": "in", "cloud": "out"},
    "short_answer": "a string",
    "gap_fill": {"where": "belly", "deep": "two"},
    "hotspot": "side",
}


def fields_of(answer: Any, *, ordered: bool = False) -> dict[str, Any]:
    """What a browser sends for an answer; a list in its order, a dict part by part, anything else as it is."""
    if ordered:
        return {f"answer-{step}": str(place) for place, step in enumerate(answer, 1)}
    if isinstance(answer, dict):
        return {f"answer-{part}": choice for part, choice in answer.items()}
    return {"answer": answer}


def begin(learner: Learner, quiz: Quiz, edition_id: int, **fields: Any) -> Attempt:
    return attempts.begin(learner, quiz, edition_id, draws.draw(quiz, "seed"), seed="seed", **fields)


def answer_of(item: AttemptItem, answers: dict[str, Any]) -> attempts.Answer:
    return attempts.Answer(item.step, answers[item.version.kind], uuid.uuid4(), "en")


def save(item: AttemptItem, answers: dict[str, Any] = RIGHT, now: datetime | None = None) -> Response:
    return attempts.save_answer(item.attempt_id, answer_of(item, answers), now)


def sit(learner: Learner, quiz: Quiz, edition_id: int, answers: dict[str, Any] = RIGHT, **fields: Any) -> Attempt:
    """A whole sitting, handed in."""
    attempt = begin(learner, quiz, edition_id, **fields)
    for item in attempt.items.select_related("version"):
        save(item, answers, fields.get("now"))
    attempts.submit(attempt.pk, fields.get("now"))
    attempt.refresh_from_db()
    return attempt
