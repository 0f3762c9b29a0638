"""Numbers as question files write them."""

import re
from decimal import Decimal

from quizzes.kinds.numbers import LATIN

NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,15})?(?:[eE][+-]?[0-9]{1,2})?|[+-]?\.[0-9]{1,15}")
MOST, PLACES = Decimal(10) ** 9, 6  # what a learner can type: `quizzes.kinds.numbers.NUMBER`


def number(typed: str) -> Decimal:
    """The number in any digits, also as 1.5e3; raises ValueError where it is none."""
    text = typed.strip().translate(LATIN).replace("−", "-")
    if not NUMBER.fullmatch(text):
        raise ValueError(f"no number: {typed!r}")
    return Decimal(text.replace(",", "."))


def can_be_typed(value: Decimal) -> bool:
    return abs(value) < MOST and value == round(value, PLACES)


def as_json(value: Decimal) -> int | float:
    """As the studio's form stores it."""
    return int(value) if value == value.to_integral_value() else float(value)
