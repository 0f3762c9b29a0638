"""Embedded answers ("cloze") of Moodle: `{1:MULTICHOICE:=right#why~wrong~%50%partly}` in the middle of a text."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.exchange.questions.asked import Answer, Gaps

GAP = re.compile(r"\{[0-9]{0,3}:([A-Z_]{1,20}):((?:\\.|[^\\{}]){0,1500})\}", re.DOTALL)
CHOSEN = re.compile(r"(?:MULTICHOICE|MC)(?:_?[VHS]{1,2})?")
ANSWERS = re.compile(r"(?:\\.|[^\\~])+", re.DOTALL)
PARTS = re.compile(r"\s*(=|%(-?[0-9]{1,3}(?:\.[0-9]{1,7})?)%)?((?:\\.|[^\\#])*)(?:#(.*))?", re.DOTALL)
ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class NotChosen(Exception):
    """A gap is not one in which something is chosen; the words say so."""


def gaps_of(text: str) -> Gaps:
    """The text around its gaps, and the choices of each; raises NotChosen."""
    pieces, gaps, last = [], [], 0
    for found in GAP.finditer(text):
        if not CHOSEN.fullmatch(found[1]):
            raise NotChosen(_("In one of its gaps something is typed; gaps here are chosen from a list."))
        pieces.append(ESCAPED.sub(r"\1", text[last : found.start()]))
        gaps.append([_answer(part) for part in ANSWERS.findall(found[2]) if part.strip()])
        last = found.end()
    if not gaps:
        raise NotChosen(_("There is no gap in its text."))
    return Gaps([*pieces, ESCAPED.sub(r"\1", text[last:])], gaps)


def _answer(part: str) -> Answer:
    found = PARTS.fullmatch(part)
    if found is None:
        return Answer(_bare(part), Decimal(0))
    share = Decimal(100) if found[1] == "=" else Decimal(found[2] or 0)
    return Answer(_bare(found[3]), share, _bare(found[4] or ""))


def _bare(text: str) -> str:
    return ESCAPED.sub(r"\1", text).strip()
