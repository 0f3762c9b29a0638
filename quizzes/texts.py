"""The words of questions as one attempt shows them: those that were published when it began."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from lessons.models import PUBLIC
from quizzes.models import QuestionText


def words_of(versions: Iterable[int], language: str, at: datetime) -> dict[int, dict[str, Any]]:
    """Words by version id: in `language` as published at `at`, else as published later, else in another language."""
    return {version: text.words for version, text in texts_of(versions, language, at).items()}


def texts_of(versions: Iterable[int], language: str, at: datetime) -> dict[int, QuestionText]:
    """The texts of these words, which say in which language they are; one query."""
    texts = QuestionText.objects.filter(version__in=list(versions), state__in=PUBLIC).order_by("number")
    best: dict[int, tuple[tuple[bool, bool, int], QuestionText]] = {}
    for text in texts:
        in_time = text.published_at is not None and text.published_at <= at
        rank = (text.language == language, in_time, text.number if in_time else -text.number)
        if text.version_id not in best or rank > best[text.version_id][0]:
            best[text.version_id] = (rank, text)
    return {version: text for version, (_rank, text) in best.items()}
