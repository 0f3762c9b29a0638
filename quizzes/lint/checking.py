"""Every rule asked about a question, and those that only a whole check can break."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from quizzes.kinds import KINDS, kind_named
from quizzes.lint import kinds, options, stems
from quizzes.lint.base import Asked, Finding, Rule
from quizzes.lint.languages import apart

RULES: tuple[Rule, ...] = (*stems.RULES, *options.RULES, *kinds.RULES)
FEWEST, SAME_PLACE = 4, 0.75
"""From how many questions on a check is asked, and the share of keys in one place that is no accident."""


def lint_question(
    kind_name: str,
    structure: Mapping[str, Any],
    answer_key: Mapping[str, Any],
    words: Mapping[str, Mapping[str, Any]],
    *,
    critical: bool = False,
) -> list[Finding]:
    """What may be better, in the reader's language; [] also where the question cannot be read yet.

    `words` by language; “…” stands for those that are not written yet. What is true of every language is said once.
    """
    if kind_name not in KINDS:
        return []
    kind, texts = kind_named(kind_name), {}
    try:
        parsed = kind.parse(structure, answer_key)
    except ValueError:
        return []
    for language, said in words.items():
        try:
            told = kind.parse_words(said, *parsed)
        except ValueError:
            continue
        texts[language] = Asked(kind, *parsed, language, told, critical)
    return lint(texts)


def lint(texts: Mapping[str, Asked]) -> list[Finding]:
    """The same of a question that is parsed already."""
    found = [finding for asked in texts.values() for rule in RULES for finding in rule(asked)]
    return list(dict.fromkeys([*found, *apart(texts)]))


def lint_check(places: Iterable[tuple[int, int]]) -> list[Finding]:
    """What may be better about questions together: (place of the key, number of options) of each with one right option.

    The portal shows options in another order each time; printed, and read out from the file, they stand as written.
    """
    counted = Counter(place for place, _options in places)
    total = counted.total()
    if total < FEWEST:
        return []
    place, count = counted.most_common(1)[0]
    if count < total * SAME_PLACE:
        return []
    message = _("In %(count)s of %(total)s questions the right option stands in place %(place)s. Mix the places.")
    return [Finding("key-place", message % {"count": count, "total": total, "place": place + 1})]
