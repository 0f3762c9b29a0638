"""A number within a range, with a unit (QTI text entry with tolerance)."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import model_validator

from lessons.markdown.numbers import isolated_plain
from quizzes.kinds.base import BaseWords, Countable, Kind, Review, Schema, Text
from quizzes.kinds.numbers import parse_number

NEAR_SHARE = Fraction(1, 2)


class Range(Schema):
    """Both ends are accepted; an end left out is open."""

    min: Decimal | None = None
    max: Decimal | None = None

    @model_validator(mode="after")
    def has_an_end(self) -> Self:
        if self.min is None and self.max is None:
            raise ValueError("needs min, max or both")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("min is above max")
        return self

    def __contains__(self, number: Decimal) -> bool:
        return not self.above(number) and not self.below(number)

    def below(self, number: Decimal) -> bool:
        return self.min is not None and number < self.min

    def above(self, number: Decimal) -> bool:
        return self.max is not None and number > self.max


class Structure(Schema):
    """A number has no options to store."""


class Key(Schema):
    right: Range
    near: Range | None = None


class Feedback(Schema):
    low: Text | None = None
    high: Text | None = None


class Words(BaseWords):
    unit: Text
    feedback: Feedback


class NumberField(forms.CharField):
    """A number in any digits; its cleaned value is the number in plain notation."""

    def __init__(self) -> None:
        super().__init__(max_length=40, error_messages={"required": gettext_lazy("Write a number, then send it.")})

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        try:
            return str(parse_number(typed))
        except ValueError:
            raise ValidationError(_("Write one number in digits, such as 12 or 2.5, without words.")) from None


class Numerical(Kind[Structure, Key, Words]):
    name = "numerical"
    label = gettext_lazy("A number")
    help_text = gettext_lazy("A number with its unit; a range of numbers is right.")
    structure, key, words = Structure, Key, Words

    def agree(self, structure: Structure, key: Key) -> None:
        near, right = key.near, key.right
        if near is None:
            return
        if (near.min is not None and (right.min is None or near.min > right.min)) or (
            near.max is not None and (right.max is None or near.max < right.max)
        ):
            raise ValueError("near: must reach around the right range")

    def words_agree(self, words: Words, structure: Structure, key: Key) -> None:
        for end, bound in (("low", key.right.min), ("high", key.right.max)):
            has = getattr(words.feedback, end) is not None
            if has != (bound is not None):
                raise ValueError(
                    f"feedback: {end} is {'missing' if bound is not None else 'for an answer that is right'}"
                )

    def field(self, structure: Structure) -> forms.Field:
        return NumberField()

    def said(self, structure: Structure, words: Words, order: list[str], answer: Any) -> str:
        return f"{_plain(Decimal(answer))} {words.unit}"

    def samples(self, structure: Structure, key: Key, words: Words) -> Iterator[str]:
        """The end of what is right, and a number far beyond."""
        right, outer = key.right, key.near or key.right
        yield str(right.max if right.min is None else right.min)
        if outer.max is not None:
            yield str(outer.max + max(abs(outer.max), Decimal(1)))
        if outer.min is not None:
            yield str(outer.min - max(abs(outer.min) / 2, Decimal(1)))

    def grade(self, structure: Structure, key: Key, answer: Any, *, critical: bool = False) -> Fraction:
        """Full inside the right range, half inside the near one, nothing beyond; a critical one is all or nothing."""
        number = Decimal(answer)
        if number in key.right:
            return Fraction(1)
        return NEAR_SHARE if key.near and number in key.near and not critical else Fraction(0)

    def review(self, structure: Structure, key: Key, words: Words, order: list[str], answer: Any) -> Review:
        number = None if answer is None else Decimal(answer)
        why = None
        if number is not None:
            why = words.feedback.low if key.right.below(number) else None
            why = words.feedback.high if key.right.above(number) else why
        given = "" if number is None else self.said(structure, words, order, answer)
        return Review((), given, _range(key.right, words.unit), (why,) if why else ())

    def countables(self, structure: Structure, key: Key, words: Words) -> list[Countable]:
        """The right range, the near one where there is one, and what lies beyond either end that has a limit."""
        outer = key.near or key.right
        found = [Countable("right", _range(key.right, words.unit), right=True)]
        if key.near:
            found.append(Countable("near", _("Near: %(range)s") % {"range": _range(key.near, words.unit)}, right=False))
        if outer.min is not None:
            found.append(Countable("low", _beyond(_("Less than %(number)s"), outer.min, words.unit), right=False))
        if outer.max is not None:
            found.append(Countable("high", _beyond(_("More than %(number)s"), outer.max, words.unit), right=False))
        return found

    def counted(self, structure: Structure, key: Key, answer: Any) -> list[str]:
        if answer is None:
            return []
        number = Decimal(answer)
        if number in key.right:
            return ["right"]
        if key.near and number in key.near:
            return ["near"]
        return ["low" if key.right.below(number) else "high"]


def _beyond(words: str, number: Decimal, unit: str) -> str:
    return words % {"number": f"{_plain(number)} {unit}"}


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _range(accepted: Range, unit: str) -> str:
    if accepted.min is None:
        return _("%(number)s or less") % {"number": f"{_plain(accepted.max or Decimal(0))} {unit}"}
    if accepted.max is None:
        return _("%(number)s or more") % {"number": f"{_plain(accepted.min)} {unit}"}
    if accepted.min == accepted.max:
        return f"{_plain(accepted.min)} {unit}"
    return isolated_plain(f"{_plain(accepted.min)}–{_plain(accepted.max)}") + f" {unit}"
