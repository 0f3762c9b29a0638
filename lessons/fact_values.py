"""What a country may write as the value of a local fact: faults are refused, doubts only said.

A value stands within a sentence of lessons, cards and questions, so it is one line of plain words.
"""

import re

from django.utils.translation import gettext as _

LONGEST = 1000
TEXT, PHONE, COUNTED = "text", "phone", "number"
SIREN_TABLE = "siren-table"
TELEPHONE = re.compile(r"\+?[0-9][0-9 ()-]*")
"""What a telephone can dial."""
NUMBER = re.compile(r"[0-9٠-٩]{1,6}(?:[.٫][0-9٠-٩]{1,2})?")
"""What a worksheet can count with."""
LEAVES_OPEN = re.compile(r"[{}]")
ARABIC, LATIN = re.compile(r"[\u0620-\u064a]"), re.compile(r"[A-Za-z]")
BETWEEN_TONES = re.compile("[;\u061b]")


def fault_of(kind: str, value: str) -> str:
    """Why this cannot be the value of a fact of that kind; "" where it can."""
    if len(value) > LONGEST:
        return _("This is too long to stand in a sentence. Shorten it to %(most)s characters.") % {"most": LONGEST}
    if len(value.splitlines()) > 1:
        return _("Write it on one line: it stands within a sentence.")
    if LEAVES_OPEN.search(value):
        return _("Take the braces { } out: a value is plain words.")
    if kind == COUNTED and not NUMBER.fullmatch(value):
        return _("Write a number alone in digits, such as 4 or 2.5: worksheets count with it.")
    return ""


def doubts_of(key: str, kind: str, language: str, value: str) -> list[str]:
    """What may not be meant like this; nothing of it keeps the value from being published."""
    found = []
    if kind == PHONE and not TELEPHONE.fullmatch(value):
        found.append(
            _("No telephone can dial this. With digits, spaces, +, - and brackets alone, cards can offer a button.")
        )
    if kind == TEXT and value.endswith("."):
        found.append(_("It stands within a sentence: leave the full stop at its end out."))
    if kind == TEXT and _is_in_other_script(language, value):
        found.append(_("These letters are not those of the language. Is this the right field?"))
    if key == SIREN_TABLE and not BETWEEN_TONES.search(value):
        found.append(_("Only one tone is named. Put a semicolon between one tone and the next."))
    return found


def _is_in_other_script(language: str, value: str) -> bool:
    own, other = (ARABIC, LATIN) if language == "ar" else (LATIN, ARABIC)
    return bool(language) and bool(other.search(value)) and not own.search(value)
