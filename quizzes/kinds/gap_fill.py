"""A text with gaps, and for each gap a short list to choose from (QTI inline choice interaction)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Annotated, Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field, StringConstraints, field_validator

from quizzes.kinds.base import (
    BaseWords,
    Choice,
    Countable,
    Kind,
    LineReview,
    OptionId,
    OptionLine,
    Review,
    Schema,
    Text,
    exactly,
)
from quizzes.kinds.choices import Rights, shuffled
from quizzes.kinds.parts import Parts, sent

MOST_GAPS, MOST_CHOICES = 8, 4
GAP = re.compile(r"\{([a-z0-9][a-z0-9-]{0,39})\}")
NOTHING = gettext_lazy("Choose a word for each gap, then send it.")
INCOMPLETE = gettext_lazy("Some gaps are still empty. Choose a word for each.")
BESIDE = gettext_lazy("Choose a word for this gap.")

GapChoice = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}:[a-z0-9][a-z0-9-]{0,39}$")]


class Structure(Schema):
    """Which choices each gap has; where the gaps stand, the text of each language says."""

    gaps: Annotated[
        dict[OptionId, Annotated[list[OptionId], Field(min_length=2, max_length=MOST_CHOICES)]],
        Field(min_length=1, max_length=MOST_GAPS),
    ]

    @field_validator("gaps")
    @classmethod
    def ids_differ(cls, gaps: dict[str, list[str]]) -> dict[str, list[str]]:
        if twice := [gap for gap, choices in gaps.items() if len(set(choices)) != len(choices)]:
            raise ValueError(f"the choices of {', '.join(twice)} must differ")
        return gaps


class Key(Schema):
    """The choice that is right in each gap, or a list of those that are."""

    right: dict[OptionId, Rights]


class Words(BaseWords):
    """`text` holds each gap once, as its id in braces; `feedback`: for some wrong choices, why they are wrong."""

    text: Text
    choices: dict[OptionId, dict[OptionId, Text]]
    feedback: dict[GapChoice, Text] = {}


@dataclass(frozen=True)
class GapLine(OptionLine):
    """A gap as the learner meets it; its `text` is its label, `before` and, of the last gap, `after` stand around."""

    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class GapReview(LineReview):
    """A gap after the answer: `chosen` as it was, `text` as it should be."""

    chosen: str = ""
    before: str = ""
    after: str = ""


class GapsField(forms.Field):
    """A choice for each gap; its cleaned value is the choices by gap."""

    def __init__(self, gaps: Mapping[str, list[str]]) -> None:
        super().__init__(widget=Parts(list(gaps)))
        self.gaps = gaps

    def clean(self, value: dict[str, str]) -> dict[str, str]:
        if not any(value.values()):
            raise ValidationError(str(NOTHING))
        if empty_gaps(self.gaps, value):
            raise ValidationError(str(INCOMPLETE))
        return value


def empty_gaps(gaps: Mapping[str, list[str]], given: Mapping[str, str]) -> list[str]:
    """The gaps for which none of their choices was sent, of an answer that was begun."""
    return [gap for gap, choices in gaps.items() if given.get(gap) not in choices] if any(given.values()) else []


class GapFill(Kind[Structure, Key, Words]):
    name = "gap_fill"
    label = gettext_lazy("Fill the gaps")
    help_text = gettext_lazy("A text with gaps, for each of which one of a few choices is right.")
    structure, key, words = Structure, Key, Words

    def agree(self, structure: Structure, key: Key) -> None:
        exactly(key.right, structure.gaps, "right")
        for gap, right in key.right.items():
            if strangers := set(right) - set(structure.gaps[gap]):
                raise ValueError(f"right: {', '.join(sorted(strangers))} not among the choices of {gap}")
            if len(right) == len(structure.gaps[gap]):
                raise ValueError(f"right: at least one choice of {gap} must be wrong")

    def words_agree(self, words: Words, structure: Structure, key: Key) -> None:
        found = GAP.findall(words.text)
        if twice := {gap for gap in found if found.count(gap) > 1}:
            raise ValueError(f"text: {', '.join(sorted(twice))} stands twice")
        exactly(found, structure.gaps, "text")
        exactly(words.choices, structure.gaps, "choices")
        for gap, choices in structure.gaps.items():
            exactly(words.choices[gap], choices, f"choices: {gap}")
        wrong = {_both(gap, choice) for gap, choice in _wrong_ones(structure, key)}
        exactly(words.feedback, wrong & set(words.feedback), "feedback (only for wrong choices)")

    def ids(self, structure: Structure) -> list[str]:
        return [*structure.gaps, *(choice for choices in structure.gaps.values() for choice in choices)]

    def meant(self, structure: Structure) -> dict[str, list[str]]:
        """Which choices each gap has."""
        return {gap: sorted(choices) for gap, choices in structure.gaps.items()}

    def option_order(self, structure: Structure, key: Key, random: Random) -> list[str]:
        """The choices of every gap shuffled, as `<gap>:<choice>`."""
        return [_both(gap, one) for gap, choices in structure.gaps.items() for one in shuffled(choices, random)]

    def field(self, structure: Structure) -> forms.Field:
        return GapsField(structure.gaps)

    def typed(self, structure: Structure, data: QueryDict) -> dict[str, str]:
        return sent(structure.gaps, data)

    def lines(self, structure: Structure, words: Words, order: list[str], prefix: str, answer: Any) -> list[OptionLine]:
        """The gaps as they stand in the text, each with its choices."""
        given: dict[str, str] = answer or {}
        empty, total = empty_gaps(structure.gaps, given), len(structure.gaps)
        return [
            GapLine(
                gap,
                _("Gap %(number)s of %(total)s: choose") % {"number": number, "total": total},
                checked=False,
                input_id=f"{prefix}-{gap}",
                choices=tuple(
                    Choice(choice, words.choices[gap][choice], given.get(gap) == choice)
                    for choice in _in_order(structure, gap, order)
                ),
                fault=str(BESIDE) if gap in empty else "",
                before=before,
                after=after,
            )
            for number, (gap, before, after) in enumerate(pieces(words.text), 1)
        ]

    def said(self, structure: Structure, words: Words, order: list[str], answer: Any) -> str:
        given: dict[str, str] = answer or {}
        parts = pieces(words.text)
        return "".join(
            f"{before}{words.choices[gap].get(given.get(gap, ''), '…')}{after}" for gap, before, after in parts
        )

    def samples(self, structure: Structure, key: Key, words: Words) -> Iterator[dict[str, str]]:
        """The first right choice of every gap, and the first wrong one."""
        yield {gap: right[0] for gap, right in key.right.items()}
        yield {gap: next(one for one in some if one not in key.right[gap]) for gap, some in structure.gaps.items()}

    def grade(self, structure: Structure, key: Key, answer: Any, *, critical: bool = False) -> Fraction:
        """The share of gaps that are filled rightly; a critical question is all or nothing."""
        earned = Fraction(_hits(key, answer), len(key.right))
        return Fraction(earned == 1) if critical else earned

    def review(self, structure: Structure, key: Key, words: Words, order: list[str], answer: Any) -> Review:
        given: dict[str, str] = answer or {}
        lines = _reviewed(key, words, given)
        chosen = [_both(line.id, given[line.id]) for line in lines if line.chosen and not line.right]
        counts = {"right": _hits(key, given), "all": len(key.right)}
        return Review(
            lines=lines,
            answer_display=self.said(structure, words, order, given),
            right_display="".join(f"{line.before}{line.text}{line.after}" for line in lines),
            whys=tuple(words.feedback[one] for one in chosen if one in words.feedback),
            counted=_("Gaps filled rightly: %(right)s of %(all)s") % counts if chosen else "",
        )

    def countables(self, structure: Structure, key: Key, words: Words) -> list[Countable]:
        return [
            Countable(_both(gap, choice), f"{number}. {words.choices[gap][choice]}", choice in key.right[gap])
            for number, (gap, _before, _after) in enumerate(pieces(words.text), 1)
            for choice in structure.gaps[gap]
        ]

    def counted(self, structure: Structure, key: Key, answer: Any) -> list[str]:
        given: dict[str, str] = answer or {}
        return [_both(gap, given[gap]) for gap, choices in structure.gaps.items() if given.get(gap) in choices]

    def told(self, structure: Structure, key: Key, words: Words) -> list[tuple[str, str]]:
        """The wrong choices of every gap, and what is said to them."""
        numbers = {gap: number for number, (gap, _before, _after) in enumerate(pieces(words.text), 1)}
        lines = []
        for gap, choice in sorted(_wrong_ones(structure, key), key=lambda one: numbers[one[0]]):
            label = _("Wrong in gap %(number)s:") % {"number": numbers[gap]}
            said = [words.choices[gap][choice], words.feedback.get(_both(gap, choice), "")]
            lines.append((label, " · ".join(filter(None, said))))
        return lines


def pieces(text: str) -> list[tuple[str, str, str]]:
    """(gap, what stands before it, what stands after it): the last alone has something after it."""
    parts = GAP.split(text)
    befores, gaps = parts[0:-1:2], parts[1::2]
    afters = [""] * (len(gaps) - 1) + [parts[-1]]
    return list(zip(gaps, befores, afters, strict=False))


def _both(gap: str, choice: str) -> str:
    return f"{gap}:{choice}"


def _wrong_ones(structure: Structure, key: Key) -> list[tuple[str, str]]:
    return [(gap, one) for gap, choices in structure.gaps.items() for one in choices if one not in key.right[gap]]


def _in_order(structure: Structure, gap: str, order: list[str]) -> list[str]:
    """Its choices as the attempt shows them; as they are written where it says nothing."""
    places = {one: at for at, one in enumerate(order)}
    return sorted(structure.gaps[gap], key=lambda choice: places.get(_both(gap, choice), 0))


def _hits(key: Key, answer: Mapping[str, str]) -> int:
    return sum(answer.get(gap) in right for gap, right in key.right.items())


def _reviewed(key: Key, words: Words, given: Mapping[str, str]) -> tuple[GapReview, ...]:
    lines = []
    for number, (gap, before, after) in enumerate(pieces(words.text), 1):
        right = given.get(gap) in key.right[gap]
        chosen = words.choices[gap].get(given.get(gap, ""), "")
        wanted = " / ".join(words.choices[gap][choice] for choice in key.right[gap])
        label = _("Gap %(number)s") % {"number": number}
        lines.append(GapReview(gap, label, wanted, chosen, right, chosen, before, after))
    return tuple(lines)
