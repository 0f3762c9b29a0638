"""A tenth kind, as somebody would add it: this file, and its name in `KINDS`."""

from fractions import Fraction
from random import Random
from typing import Annotated, Any, ClassVar

from django import forms
from django.http import QueryDict
from pydantic import Field

from quizzes.kinds.base import (
    BaseWords,
    Countable,
    Kind,
    OptionId,
    OptionLine,
    OptionReview,
    Review,
    Schema,
    Text,
    exactly,
)


class Structure(Schema):
    doors: Annotated[list[OptionId], Field(min_length=2)]
    most: int = 2


class Key(Schema):
    open: Annotated[list[OptionId], Field(title="Doors that open", min_length=1)]


class Words(BaseWords):
    doors: dict[OptionId, Text]
    riddle: Text


class Riddle(Kind[Structure, Key, Words]):
    """Which doors open?"""

    name = "riddle"
    label = "A riddle"
    help_text = "Doors, some of which open."
    hint = "Choose every door that opens."
    structure, key, words = Structure, Key, Words
    blank: ClassVar[Any] = []

    def agree(self, structure: Structure, key: Key) -> None:
        if strangers := set(key.open) - set(structure.doors):
            raise ValueError(f"open: {', '.join(sorted(strangers))} not among the doors")

    def words_agree(self, words: Words, structure: Structure, key: Key) -> None:
        exactly(words.doors, structure.doors, "doors")

    def ids(self, structure: Structure) -> list[str]:
        return list(structure.doors)

    def option_order(self, structure: Structure, key: Key, random: Random) -> list[str]:
        return list(structure.doors)

    def field(self, structure: Structure) -> forms.Field:
        return forms.MultipleChoiceField(choices=[(door, door) for door in structure.doors])

    def typed(self, structure: Structure, data: QueryDict) -> list[str]:
        return data.getlist("answer")

    def lines(self, structure: Structure, words: Words, order: list[str], prefix: str, answer: Any) -> list[OptionLine]:
        return [OptionLine(door, words.doors[door], door in (answer or []), f"{prefix}-{door}") for door in order]

    def grade(self, structure: Structure, key: Key, answer: Any, *, critical: bool = False) -> Fraction:
        return Fraction(sorted(answer) == sorted(key.open))

    def review(self, structure: Structure, key: Key, words: Words, order: list[str], answer: Any) -> Review:
        return Review(
            tuple(OptionReview(door, words.doors[door], door in answer, door in key.open, "") for door in order),
            right_display=words.riddle,
        )

    def countables(self, structure: Structure, key: Key, words: Words) -> list[Countable]:
        return [Countable(door, words.doors[door], door in key.open) for door in structure.doors]

    def counted(self, structure: Structure, key: Key, answer: Any) -> list[str]:
        return [door for door in structure.doors if door in answer]
