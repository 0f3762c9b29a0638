"""GIFT, the plain text format of Moodle: https://docs.moodle.org/en/GIFT_format.

A blank line ends a question. Escaped signs are exchanged for code points that no text may hold (`decoding.NOT_TEXT`)
before anything is divided, and back in the end.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.exchange.questions.asked import (
    Answer,
    Asked,
    Body,
    Choices,
    FileRefused,
    Note,
    NotOurs,
    Numbers,
    Pairs,
    QuestionFile,
    Statement,
    Typed,
)
from portal.exchange.questions.numbers import number
from portal.exchange.questions.plain import MOST_CHARACTERS, Plain, looks_like_html, plain_of_html, tidy

ESCAPABLE = "~=#{}:\\"
HIDDEN = {sign: chr(0xFDD0 + at) for at, sign in enumerate(ESCAPABLE)}
LINE_END = "\ufddf"
SHOWN = str.maketrans({code: sign for sign, code in HIDDEN.items()} | {LINE_END: "\n"})
ESCAPED = re.compile(r"\\([~=#{}:\\n])")
COMMENT_ID = re.compile(r"\[id:([^\]\n]{1,200})\]")
TITLE = re.compile(r"\s*::(.*?)::", re.DOTALL)
FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
WEIGHT = re.compile(r"\s*%([+-]?[0-9]{1,3}(?:\.[0-9]{1,7})?)%")
CATEGORY = "$CATEGORY:"
TRUTHS = {"T": True, "TRUE": True, "F": False, "FALSE": False}
FULL, NOTHING = Decimal(100), Decimal(0)
BLANK = "_____"


class Fault(Exception):
    """What is wrong with a question, and where in its text."""

    def __init__(self, at: int, message: str) -> None:
        self.at, self.message = at, message
        super().__init__(message)


@dataclass
class Block:
    """The text of one question, its escaped signs hidden; comments are empty lines, so that lines stay countable."""

    line: int
    text: str
    number: str = ""

    def line_at(self, at: int) -> int:
        return self.line + self.text.count("\n", 0, at)


def read_gift(text: str) -> QuestionFile:
    """The questions of the file; raises FileRefused with every fault in it."""
    found, faults = QuestionFile([]), []
    for block in _blocks(text):
        if block.text.lstrip().startswith(CATEGORY):
            first, end, rest = block.text.lstrip("\n").partition("\n")
            message = _("The category “%(name)s” is not kept: questions stand in their lesson.")
            found.notes.append(Note(block.line, message % {"name": _shown(first.strip()[len(CATEGORY) :])[:120]}))
            block = Block(block.line + 1, rest, block.number)  # noqa: PLW2901 - what is left of the block
            if not end or not rest.strip():
                continue
        try:
            found.questions.append(_Reader(block).read())
        except Fault as fault:
            faults.append(Note(block.line_at(fault.at), fault.message))
    if faults:
        raise FileRefused(faults)
    if not found.questions:
        raise FileRefused([Note(0, _("There is no question in this file. Choose a GIFT or a Moodle XML file."))])
    return found


def _blocks(text: str) -> Iterator[Block]:
    kept: list[str] = []
    first, named = 0, ""
    for at, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            first = first or at
            comment = line.lstrip().startswith("//")
            if comment and (found := COMMENT_ID.search(line)):
                named = found[1]
            kept.append("" if comment else ESCAPED.sub(_hide, line))
            continue
        if any(each.strip() for each in kept):
            empty = next(number for number, each in enumerate(kept) if each.strip())
            yield Block(first + empty, "\n".join(kept[empty:]), named)
            named = ""
        kept, first = [], 0


def _hide(found: re.Match[str]) -> str:
    return LINE_END if found[1] == "n" else HIDDEN[found[1]]


def _shown(text: str) -> str:
    """What people wrote: a line that was wrapped is one line, and a written line end is one."""
    return tidy(" ".join(text.split("\n")).translate(SHOWN))


class _Reader:
    """Reads one question; `notes` gathers what is not kept of it."""

    def __init__(self, block: Block) -> None:
        self.block, self.notes = block, list[Note]()
        self.format = "moodle"

    def note(self, at: int, message: str) -> None:
        self.notes.append(Note(self.block.line_at(at), message))

    def read(self) -> Asked:
        text, at, name = self.block.text, 0, ""
        if len(text) > MOST_CHARACTERS:
            message = _("A text in it is longer than %(most)s characters: “%(begin)s…”.")
            raise Fault(0, message % {"most": MOST_CHARACTERS, "begin": _shown(text[:60])})
        if title := TITLE.match(text):
            name, at = _shown(title[1]), title.end()
        if named := FORMAT.match(text, at):
            self.format, at = named[1], named.end()
        opened = text.find("{", at)
        body: Body
        if opened < 0:
            if (closed := text.find("}", at)) >= 0:
                raise Fault(closed, _("A } closes nothing. Write \\} where the sign itself is meant."))
            stem, body, explanation = self.words(text[at:], at), self._description(), ""
        else:
            stem, body, explanation = self._with_answers(at, opened)
        if not stem and not isinstance(body, NotOurs):
            raise Fault(at, _("The question asks nothing: write its words before the {."))
        identity = self.block.number or name or stem
        return Asked(self.block.line, identity, name, stem, body, explanation, self.notes)

    def _description(self) -> NotOurs:
        return NotOurs(_("It is a description without an answer, which a check does not have."))

    def _with_answers(self, at: int, opened: int) -> tuple[str, Body, str]:
        text = self.block.text
        closed = text.find("}", opened)
        if closed < 0:
            message = _("The answers begin with { and no } ends them before the empty line. Add it.")
            raise Fault(opened, message)
        for again in (text.find("{", opened + 1), text.find("}", closed + 1)):
            if again >= 0:
                message = _("A second { or } stands here. Write \\{ and \\} where the signs themselves are meant.")
                raise Fault(again, message)
        tail = self.words(text[closed + 1 :], closed + 1)
        stem = self.words(text[at:opened], at)
        if tail:
            stem = f"{stem} {BLANK} {tail}".strip()
        answers, mark, general = text[opened + 1 : closed].partition("####")
        explanation = self.words(general, opened + 1 + len(answers) + len(mark))
        return stem, self._body(answers, opened + 1), explanation

    def _body(self, text: str, at: int) -> Body:
        said = text.strip()
        at += len(text) - len(text.lstrip())
        if not said:
            return NotOurs(_("It is an essay, which nobody is there to mark."))
        truth, _mark, feedback = said.partition("#")
        if truth.strip().upper() in TRUTHS:
            to_wrong, _mark, to_right = feedback.partition("#")
            right = TRUTHS[truth.strip().upper()]
            return Statement(right, self.words(to_right, at), self.words(to_wrong, at))
        if said.startswith("#"):
            return self._numbers(said[1:], at + 1)
        return self._answers(said, at)

    def _answers(self, said: str, at: int) -> Body:
        parts = list(self._parts(said, at))
        marks = {mark for mark, _text, _at in parts}
        if "~" in marks:
            return Choices([self._answer(*part) for part in parts], single="=" in marks)
        arrows = ["->" in text for _mark, text, _at in parts]
        if all(arrows):
            return Pairs([self._pair(text, at) for _mark, text, at in parts])
        if any(arrows):
            where = parts[arrows.index(False)][2]
            raise Fault(where, _("Some answers of this question have -> and some have not. Give each its match."))
        return Typed([self._answer(*part) for part in parts])

    def _parts(self, said: str, at: int) -> Iterator[tuple[str, str, int]]:
        """(= or ~, what follows it, where it stands)."""
        if said[0] not in "=~":
            message = _("An answer begins with = where it is right and with ~ where it is wrong. Write one here.")
            raise Fault(at, message)
        for found in re.finditer(r"([=~])([^=~]*)", said):
            yield found[1], found[2], at + found.start()

    def _answer(self, mark: str, text: str, at: int) -> Answer:
        fraction = FULL if mark == "=" else NOTHING
        if weight := WEIGHT.match(text):
            fraction, text = self._share(weight[1], at), text[weight.end() :]
        elif text.lstrip().startswith("%"):
            raise Fault(at, _("A weight is a number between two percent signs. Write it so, or take the sign out."))
        said, _mark, feedback = text.partition("#")
        words = self.words(said, at)
        if not words:
            raise Fault(at, _("This answer has no words. Write them, or take its sign away."))
        return Answer(words, fraction, self.words(feedback, at))

    def _share(self, typed: str, at: int) -> Decimal:
        share = Decimal(typed)
        if abs(share) > FULL:
            raise Fault(at, _("A weight lies between minus 100 and 100 percent."))
        return share

    def _pair(self, text: str, at: int) -> tuple[str, str]:
        if "#" in text:
            text, _mark, feedback = text.partition("#")
            if feedback.strip():
                self.note(
                    at, _("What is said to this pair is not kept: “%(words)s”.") % {"words": _shown(feedback)[:120]}
                )
        prompt, _arrow, match = text.partition("->")
        both = self.words(prompt, at), self.words(match, at)
        if not both[1]:
            raise Fault(at, _("Nothing stands behind ->. Write what belongs to it."))
        return both

    def _numbers(self, said: str, at: int) -> Numbers:
        ranges, otherwise = [], ""
        if said.lstrip().startswith(("=", "~")):
            lead = len(said) - len(said.lstrip())
            parts = list(self._parts(said.lstrip(), at + lead))
        else:
            parts = [("=", said, at)]
        for mark, whole, where in parts:
            share, text = (FULL if mark == "=" else NOTHING), whole
            if weight := WEIGHT.match(text):
                share, text = self._share(weight[1], where), text[weight.end() :]
            value, _mark, feedback = text.partition("#")
            told = self.words(feedback, where)
            if mark == "~" and not value.strip(" \n*"):
                otherwise = told
            else:
                ranges.append((*self._range(value.strip(), where), share, told))
        return Numbers(ranges, otherwise=otherwise)

    def _range(self, typed: str, at: int) -> tuple[Decimal, Decimal]:
        try:
            if ".." in typed:
                low, _dots, high = typed.partition("..")
                ends = number(low), number(high)
            else:
                value, _colon, tolerance = typed.partition(":")
                middle, around = number(value), abs(number(tolerance)) if tolerance.strip() else NOTHING
                ends = middle - around, middle + around
        except ValueError:
            message = _("“%(typed)s” is no number. Write 20, 20:2 (within 2) or 18..22.")
            raise Fault(at, message % {"typed": _shown(typed)[:60]}) from None
        if ends[0] > ends[1]:
            raise Fault(at, _("The range begins above its end. Exchange the two numbers."))
        return ends

    def words(self, text: str, at: int) -> str:
        """The plain words of a piece, in the format that it or its question names."""
        named = FORMAT.match(text)
        form, said = (named[1], text[named.end() :]) if named else (self.format, text)
        if form == "plain" or (form != "html" and not looks_like_html(said)):
            shown = _shown(said)
            if form == "markdown" and shown:
                self.note(at, _("Markdown is kept as it is typed: questions are plain text."))
            return shown
        return self._left_out(plain_of_html(said.translate(SHOWN)), at)

    def _left_out(self, plain: Plain, at: int) -> str:
        if plain.left:
            self.note(at, _("Formatting is not kept: %(tags)s.") % {"tags": ", ".join(plain.left)})
        for address, _alt in plain.pictures:
            self.note(at, _("The picture “%(name)s” is not in the file, so it is not kept.") % {"name": address[:120]})
        return plain.text
