"""Rules that only some kinds need."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from quizzes.kinds.spellings import normal
from quizzes.lint.base import Asked, Finding, written

FEW_SPELLINGS = 2
SCRIPT = {"ar": re.compile(r"[\u0620-\u064a0-9]"), "en": re.compile(r"[A-Za-z0-9]")}


def without_tolerance(asked: Asked) -> Iterator[Finding]:
    """A measure that must be hit exactly asks for a memory of digits; a count may be exact."""
    if asked.kind.name != "numerical":
        return
    right = asked.key.right
    if right.min == right.max and right.min is not None and right.min != right.min.to_integral_value():
        message = _("Only this one number is right. Accept a range around it.")
        yield Finding("no-tolerance", message)
    if not written(asked.words.unit):
        yield Finding("no-unit", _("The number has no unit. Say what is counted or measured."), asked.language)


def few_spellings(asked: Asked) -> Iterator[Finding]:
    """Who knows the word must not fail for how they spell it, nor for the language of the page."""
    if asked.kind.name != "short_answer":
        return
    spellings = [one for some in asked.key.right.values() for one in some]
    script = SCRIPT.get(asked.language)
    own = {normal(one) for one in spellings if script and script.search(one)}
    if script and not own:
        message = _("No accepted spelling is in this language. Add those that people will type.")
        yield Finding("no-spelling", message, asked.language)
    elif script and len(own) < FEW_SPELLINGS and asked.structure.spelling == "exact":
        message = _("Only one spelling is accepted. Add others, or forgive slips of the keyboard.")
        yield Finding("few-spellings", message, asked.language)


def doubted(asked: Asked) -> Iterator[Finding]:
    """What the kind itself would have better: targets too small for a finger."""
    for doubt in asked.kind.doubts(asked.structure, asked.key):
        yield Finding("kind", doubt)


RULES = (without_tolerance, few_spellings, doubted)
