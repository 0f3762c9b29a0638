"""Numbers as people type them, in Latin, Arabic and Persian digits, with a decimal point or comma."""

import re
from decimal import Decimal

LATIN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789.,")
INVISIBLE = re.compile(r"[\s\u00a0\u200e\u200f\u061c\u2066-\u2069_'’]")
THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?")
NUMBER = re.compile(r"[+-]?[0-9]{1,9}(\.[0-9]{1,6})?")


def parse_number(typed: str) -> Decimal:
    """The number meant by `typed`; raises ValueError where none can be read.

    A comma before exactly three digits groups thousands (`1,000` is a thousand), any other comma is a decimal one
    (`5,5` is five and a half).
    """
    text = INVISIBLE.sub("", typed.translate(LATIN)).replace("−", "-")
    text = text.replace(",", "") if THOUSANDS.fullmatch(text) else text.replace(",", ".")
    if not NUMBER.fullmatch(text):
        raise ValueError(f"no number: {typed!r}")
    return Decimal(text)
