"""What a file asks, made into structure, key and words of one of our kinds; what does not fit is said.

Words that the file has not, an explanation above all, stay empty: the draft is kept, and is not published before they
are written.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from portal.exchange.questions.asked import (
    Asked,
    Choices,
    Gaps,
    NotOurs,
    Numbers,
    Pairs,
    Statement,
    Steps,
    Typed,
)
from portal.exchange.questions.making import (
    Drafted,
    Making,
    NotKept,
)
from portal.exchange.questions.making_choices import choices, pairs, statement, steps
from portal.exchange.questions.making_gaps import gaps
from portal.exchange.questions.making_written import numbers, typed
from portal.exchange.questions.option_ids import OptionIds
from quizzes.kinds import kind_named

LONGEST_TEXT = 2000


def drafted(asked: Asked, language: str, ids: OptionIds) -> Drafted:
    """The draft; raises NotKept."""
    if isinstance(asked.body, NotOurs):
        raise NotKept(asked.body.reason)
    made = MAKERS[type(asked.body)](Making(asked, language, ids), asked.body)
    _check(made)
    return made


MAKERS: dict[type, Callable[[Making, Any], Drafted]] = {
    Choices: choices,
    Statement: statement,
    Numbers: numbers,
    Typed: typed,
    Pairs: pairs,
    Steps: steps,
    Gaps: gaps,
}


def _check(made: Drafted) -> None:
    """The kind has the last word on structure and key, and on how long words may be."""
    for said in _all_words(made.words):
        if len(said) > LONGEST_TEXT:
            message = _("A text in it is longer than %(most)s characters: “%(begin)s…”.")
            raise NotKept(message % {"most": LONGEST_TEXT, "begin": said[:60]})
    try:
        kind_named(made.kind).parse(made.structure, made.answer_key)
    except ValueError as fault:
        raise NotKept(_("It does not fit together: %(fault)s") % {"fault": str(fault)[:200]}) from None


def _all_words(words: Any) -> list[str]:
    if isinstance(words, dict):
        return [said for each in words.values() for said in _all_words(each)]
    return [words] if isinstance(words, str) else []
