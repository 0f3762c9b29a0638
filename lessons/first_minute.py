"""The first minute card: the few lines that a person needs when something happens, fit to be read aloud."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lessons.models.facts import FACT

FEWEST, MOST, LONGEST = 3, 5, 90
MARKS = re.compile(r"[*_`#<>\[\]{}|\\]|^\s*(?:[-+•]|\d+[.)])\s")


def lines_of(text: str) -> list[str]:
    """The lines of a card as it is stored, one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def check_line(line: str) -> str:
    """The line itself; raises ValidationError where it is too long or more than plain words and local facts."""
    if len(line) > LONGEST:
        message = _("“%(line)s” has %(length)s characters. Say one thing in at most %(most)s.")
        raise ValidationError(message % {"line": line, "length": len(line), "most": LONGEST})
    if MARKS.search(FACT.sub("", line)):
        message = _(
            "“%(line)s” holds more than plain words. Write no marks or numbering; only {fact:…} may stand in it."
        )
        raise ValidationError(message % {"line": line})
    return line


def check_count(lines: Sequence[str]) -> None:
    """Raises ValidationError unless there are as many lines as a card has; no lines are no card."""
    if lines and not FEWEST <= len(lines) <= MOST:
        message = _("A first minute card has %(fewest)s to %(most)s lines, and this has %(count)s.")
        raise ValidationError(message % {"fewest": FEWEST, "most": MOST, "count": len(lines)})


def check_card(text: str) -> None:
    """What a card must be in any one language; raises ValidationError with everything that is wrong."""
    lines, faults = lines_of(text), []
    checks: list[Callable[[], object]] = [partial(check_count, lines), *(partial(check_line, line) for line in lines)]
    for check in checks:
        try:
            check()
        except ValidationError as fault:
            faults.append(fault)
    if faults:
        raise ValidationError(faults)


def check_agreement(counts: Iterable[int]) -> None:
    """Raises ValidationError unless the card has as many lines in every language."""
    if len(set(counts)) > 1:
        raise ValidationError(_("The first minute card must have the same number of lines in every language."))
