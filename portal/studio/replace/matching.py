"""Where words stand in a text: as they are typed, whatever their case, or whatever their marks and hamzas too."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from lessons.search.normalising import normalise

PROTECTED = re.compile(r"\{[a-z]+:[^}]*\}|\]\([^)\n]*\)|^:::[^\n]*|<?https?://\S+", re.MULTILINE)
"""What is no words: local facts, links, pictures, the marks of blocks, addresses."""
GAP_MARK = re.compile(r"\{[a-z0-9][a-z0-9-]{0,39}\}")
WORD = re.compile(r"\w")
JOINED = re.compile("يء+")
SEATLESS = {"ئو": "وو"}  # as the one form has it: مسئول and مسؤول are one word


class How(StrEnum):
    EXACT = "exact"
    CASE = "case"
    FOLDED = "folded"


@dataclass(frozen=True, order=True)
class Span:
    """From which character of the text to before which."""

    start: int
    end: int


class _Letters(dict[int, str]):
    """A table for `str.translate` that makes each letter's form once."""

    def __init__(self, form: Callable[[str], str]) -> None:
        super().__init__()
        self._form = form

    def __missing__(self, code: int) -> str:
        self[code] = form = self._form(chr(code))
        return form


_FORMS = {How.EXACT: _Letters(str), How.CASE: _Letters(str.casefold), How.FOLDED: _Letters(normalise)}


def form_of(text: str, how: How) -> str:
    """The text as it is compared."""
    form = _meant(text, how).translate(_FORMS[how])
    return JOINED.sub("ي", form) if how == How.FOLDED else form


def _meant(text: str, how: How) -> str:
    """As long as the text, letter for letter."""
    if how == How.FOLDED:
        for written, meant in SEATLESS.items():
            text = text.replace(written, meant)
    return text


def spans_of(query: str, text: str, how: How, *, whole_words: bool = False) -> list[Span]:
    """Where the query stands in the text, one after the other; never within what is no words."""
    wanted = form_of(query, how)
    if not wanted.strip() or wanted not in form_of(text, how):
        return []
    letters = _letters(text, how)
    form = "".join(letter for letter, _start, _end in letters)
    closed = [Span(*found.span()) for pattern in (PROTECTED, GAP_MARK) for found in pattern.finditer(text)]
    found: list[Span] = []
    at = form.find(wanted)
    while at >= 0:
        last = at + len(wanted) - 1
        span = Span(letters[at][1], letters[last][2])
        if _is_free(span, closed) and not (whole_words and _is_within_a_word(form, at, last + 1)):
            found.append(span)
            at = form.find(wanted, last + 1)
        else:
            at = form.find(wanted, at + 1)
    return _apart(found)


def _letters(text: str, how: How) -> list[tuple[str, int, int]]:
    """Every letter of `form_of` with where it comes from; what has no form of its own belongs to the letter before."""
    made: list[tuple[str, int, int]] = []
    for at, letter in enumerate(_meant(text, how)):
        form = _FORMS[how][ord(letter)]
        if how == How.FOLDED and form == "ء" and made and made[-1][0] == "ي":
            form = ""
        if made and not form:
            made[-1] = (made[-1][0], made[-1][1], at + 1)
        made.extend((one, at, at + 1) for one in form)
    return made


def _is_free(span: Span, closed: list[Span]) -> bool:
    return not any(span.start < other.end and other.start < span.end for other in closed)


def _is_within_a_word(form: str, start: int, end: int) -> bool:
    before, after = form[start - 1 : start], form[end : end + 1]
    return bool(WORD.match(before) and WORD.match(form[start])) or bool(WORD.match(after) and WORD.match(form[end - 1]))


def _apart(spans: list[Span]) -> list[Span]:
    """Without those that overlap the one before: a letter that stands for several ends two at one place."""
    kept: list[Span] = []
    for span in spans:
        if span.start < span.end and (not kept or span.start >= kept[-1].end):
            kept.append(span)
    return kept


def replaced(text: str, spans: list[Span], by: str) -> str:
    """The text with other words at these places."""
    for span in sorted(spans, reverse=True):
        text = text[: span.start] + by + text[span.end :]
    return text
