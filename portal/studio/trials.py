"""A question as a citizen is asked it and told about an answer to it, without an attempt: nothing is kept."""

from random import Random
from typing import Any

from portal.studio.question_standing import QuestionStanding
from portal.studio.shown import facts_for, with_dots
from quizzes.facts import filled
from quizzes.kinds import kind_named
from quizzes.kinds.base import Review, verdict
from quizzes.models import QuestionVersion
from quizzes.sitting import ReviewedItem


def words_in(standing: QuestionStanding, language: str) -> dict[str, Any] | None:
    """Its words in that language or else in another, local facts filled in; None where it has none at all.

    What is still to be written is dots.
    """
    text = standing.words.get(language) or next(iter(standing.words.values()), None)
    if text is None:
        return None
    words: dict[str, Any] = with_dots(filled(text.words, facts_for([text]).get(text.language, {})))
    return words


def order_of(version: QuestionVersion) -> list[str]:
    """One order of the options, the same whenever the version is looked at."""
    kind = kind_named(version.kind)
    random = Random(version.pk)  # noqa: S311 - only an order
    return kind.option_order(*kind.parse(version.structure, version.answer_key), random)


def feedback(version: QuestionVersion, words: dict[str, Any], answer: Any) -> dict[str, Any]:
    """The context of `quizzes/feedback.html` after that answer."""
    kind = kind_named(version.kind)
    structure, key = kind.parse(version.structure, version.answer_key)
    parsed = kind.parse_words(words, structure, key)
    review: Review = kind.review(structure, key, parsed, order_of(version), answer)
    result = verdict(kind.grade(structure, key, answer, critical=version.critical))
    item = ReviewedItem(1, version.kind, parsed.stem, version.critical, result, True, parsed.explanation, review)
    return {"question": item, "verdict": result, "dots": [result], "explanation": item.explanation, "whys": item.whys}


def sample_answer(version: QuestionVersion, words: dict[str, Any], *, right: bool) -> Any:
    """An answer that earns everything, or one that earns least; None where the kind knows none."""
    kind = kind_named(version.kind)
    structure, key = kind.parse(version.structure, version.answer_key)
    parsed = kind.parse_words(words, structure, key)
    earned = [
        (kind.grade(structure, key, answer, critical=version.critical), answer)
        for answer in kind.samples(structure, key, parsed)
    ]
    wanted = [(share, answer) for share, answer in earned if (share == 1) is right]
    return min(wanted, key=lambda pair: pair[0])[1] if wanted else None
