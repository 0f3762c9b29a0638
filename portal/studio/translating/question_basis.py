"""What of a question's source words their translation goes back to: kept where it was compared, else by its history."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from portal.studio.models import QuestionBasis
from portal.studio.question_standing import QuestionStanding
from quizzes.models import QuestionText

Words = dict[str, Any]


def words_before(standings: Sequence[QuestionStanding], source: str, language: str) -> dict[int, Words]:
    """By question the source words as they were when its translation was last worked on. Two queries.

    A translation that went over to a new version unchanged goes back to the source of the version that it came from.
    """
    ids = [standing.question.pk for standing in standings]
    kept = {row.question_id: row for row in QuestionBasis.objects.filter(question__in=ids, language=language)}
    history: dict[int, dict[str, list[QuestionText]]] = defaultdict(lambda: {source: [], language: []})
    rows = QuestionText.objects.filter(version__question__in=ids, language__in=(source, language))
    for text in rows.select_related("version").order_by("pk"):
        history[text.version.question_id][text.language].append(text)
    found = {}
    for standing in standings:
        ours, basis = standing.words.get(language), kept.get(standing.question.pk)
        if ours is None:
            continue
        texts = history[standing.question.pk]
        first = _first_with(texts[language], ours)
        if basis and basis.compared_at >= first.created_at:
            found[standing.question.pk] = basis.words
        elif then := _source_then(texts[source], first):
            found[standing.question.pk] = then.words
    return found


def _first_with(texts: Iterable[QuestionText], ours: QuestionText) -> QuestionText:
    """The oldest of the rows that have said the same ever since."""
    first = ours
    for text in reversed([text for text in texts if text.pk <= ours.pk]):
        if text.words != ours.words:
            break
        first = text
    return first


def _source_then(sources: Sequence[QuestionText], ours: QuestionText) -> QuestionText | None:
    """The source text that stood when ours was written: the newest of its version by then, or else the next one."""
    same = [text for text in sources if text.version_id == ours.version_id]
    by_then = [text for text in same if text.created_at <= ours.created_at]
    return by_then[-1] if by_then else next(iter(same), None)


def keep(question: int, language: str, words: Words) -> None:
    """Remember that the translation was compared with these words of the source."""
    QuestionBasis.objects.update_or_create(question_id=question, language=language, defaults={"words": words})
