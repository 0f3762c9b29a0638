"""What the makers of drafts share: the draft, why none can be made, ids for its parts, and notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from portal.exchange.questions.asked import Answer, Asked
from portal.exchange.questions.option_ids import OptionIds

FULL, NOTHING, HALF = Decimal(100), Decimal(0), Decimal(50)
ENOUGH = Decimal("99.9")  # thirds add up to 99.99999


@dataclass(frozen=True)
class Drafted:
    """A question of one of our kinds with its words in one language.

    `notes` say what is not kept, `unwritten` which words the file does not have.
    """

    kind: str
    structure: dict[str, Any]
    answer_key: dict[str, Any]
    words: dict[str, Any]
    notes: list[str]
    unwritten: list[str]


class NotKept(Exception):
    """No question of ours can be made of it; the words say why."""


class Making:
    """What the makers share: the question, ids for its parts, and notes."""

    def __init__(self, asked: Asked, language: str, ids: OptionIds) -> None:
        self.asked, self.language, self.ids = asked, language, ids
        self.notes: list[str] = []
        self.unwritten: list[str] = []
        self.reasons = [asked.explanation]

    def because(self, told: str) -> None:
        """What is said to a right answer is why it is right: a part of the explanation."""
        if told and told not in self.reasons:
            self.reasons.append(told)

    def done(self, kind: str, structure: dict[str, Any], key: dict[str, Any], words: dict[str, Any]) -> Drafted:
        explanation = "\n".join(filter(None, self.reasons))
        if not explanation:
            self.unwritten.insert(0, _("why the right answer is right"))
        both = {"stem": self.asked.stem, "explanation": explanation}
        return Drafted(kind, structure, key, both | words, self.notes, self.unwritten)

    def feedback(self, told: Sequence[tuple[str, str, str]]) -> dict[str, str]:
        """(id, its words, what is said to it): what is missing is noted."""
        if missing := [text for _id, text, said in told if not said]:
            self.unwritten.append(_("what to say to: %(options)s") % {"options": ", ".join(missing)[:300]})
        return {one: said for one, _text, said in told}


def written_and_different(texts: Sequence[str]) -> None:
    """Raises NotKept where one of them is empty, or two are the same."""
    if not all(texts):
        raise NotKept(_("One of its answers has no words."))
    if twice := next((text for text in texts if list(texts).count(text) > 1), None):
        raise NotKept(_("“%(answer)s” stands among its answers twice.") % {"answer": twice[:120]})


def note_partial(making: Making, answers: Sequence[Answer]) -> None:
    for answer in answers:
        message = _("“%(answer)s” earns %(percent)s percent in the file; here it earns nothing.")
        making.notes.append(message % {"answer": answer.text[:120], "percent": f"{answer.fraction.normalize():f}"})
