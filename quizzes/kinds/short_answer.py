"""A word or a few that are typed (QTI text entry): what is right, a named misconception, or neither.

All or nothing, as a QTI text entry is matched: a critical question is graded no otherwise. Which spellings are accepted
decides who earns points, so they stand in the key and not among the words: in whichever language the page is, each of
them is recognised, and what was typed is saved, so that another key can grade it again. `spelling: lenient` forgives
slips (`spellings.is_near`), but never one that could as well mean another option.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Any, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field, StringConstraints, field_validator

from quizzes.kinds.base import BaseWords, Countable, Kind, OptionId, Review, Schema, Text, exactly
from quizzes.kinds.spellings import is_near, normal

LONGEST = 100
MOST_OPTIONS = 8
MOST_SPELLINGS = 40

Spelling = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST)]
Spellings = dict[OptionId, Annotated[list[Spelling], Field(min_length=1, max_length=MOST_SPELLINGS)]]


class Structure(Schema):
    """The ids of all that is recognised; it is never shown before the answer."""

    options: Annotated[list[OptionId], Field(min_length=1, max_length=MOST_OPTIONS)]
    spelling: Literal["exact", "lenient"] = "exact"

    @field_validator("options")
    @classmethod
    def ids_differ(cls, options: list[str]) -> list[str]:
        if len(set(options)) != len(options):
            raise ValueError("option ids must differ")
        return options


class Key(Schema):
    """How each option may be written, in any language: those that are right, and the misconceptions."""

    right: Annotated[Spellings, Field(min_length=1)]
    wrong: Spellings = {}

    @property
    def spellings(self) -> dict[str, list[str]]:
        return self.right | self.wrong


class Words(BaseWords):
    """`options`: what each is called; `feedback`: for each misconception, why it is wrong."""

    options: dict[OptionId, Text]
    feedback: dict[OptionId, Text] = {}


class TypedField(forms.CharField):
    """A few words with a letter or a digit in them; its cleaned value is what was typed."""

    def __init__(self) -> None:
        super().__init__(
            max_length=LONGEST,
            error_messages={
                "required": gettext_lazy("Write your answer, then send it."),
                "max_length": gettext_lazy("This is too long. Write no more than a few words."),
            },
        )

    def clean(self, value: Any) -> str:
        typed: str = super().clean(value)
        if not normal(typed):
            raise ValidationError(_("Write your answer in letters or digits."))
        return typed


class ShortAnswer(Kind[Structure, Key, Words]):
    name = "short_answer"
    label = gettext_lazy("A short answer")
    help_text = gettext_lazy("A word or a short term that is typed; several spellings may be right.")
    structure, key, words = Structure, Key, Words

    def agree(self, structure: Structure, key: Key) -> None:
        if both := set(key.right) & set(key.wrong):
            raise ValueError(f"wrong: {', '.join(sorted(both))} is right already")
        exactly(key.spellings, structure.options, "right and wrong")
        meant: dict[str, str] = {}
        for option, spellings in key.spellings.items():
            for spelling in spellings:
                where = "right" if option in key.right else "wrong"
                if not normal(spelling):
                    raise ValueError(f"{where}: {option}: “{spelling}” has no letter and no digit")
                if meant.setdefault(normal(spelling), option) != option:
                    raise ValueError(f"{where}: “{spelling}” stands for {meant[normal(spelling)]} and for {option}")

    def words_agree(self, words: Words, structure: Structure, key: Key) -> None:
        exactly(words.options, structure.options, "options")
        exactly(words.feedback, key.wrong, "feedback (one for each wrong option)")
        for option, called in words.options.items():
            if normal(called) not in map(normal, key.spellings[option]):
                raise ValueError(f"options: {option}: “{called}” is not among its spellings, so add it to them")

    def field(self, structure: Structure) -> forms.Field:
        return TypedField()

    def samples(self, structure: Structure, key: Key, words: Words) -> Iterator[str]:
        """What all that is recognised is called, and what hardly ever is recognised."""
        yield from words.options.values()
        yield from ("0", "00")

    def canonical(self, answer: Any) -> str:
        return normal(answer or "")

    def grade(self, structure: Structure, key: Key, answer: Any, *, critical: bool = False) -> Fraction:
        """All or nothing."""
        return Fraction(recognised(structure, key, answer) in key.right)

    def review(self, structure: Structure, key: Key, words: Words, order: list[str], answer: Any) -> Review:
        meant = recognised(structure, key, answer or "")
        right = " · ".join(words.options[option] for option in structure.options if option in key.right)
        why = words.feedback.get(meant)
        return Review((), answer or "", right, (why,) if why else ())

    def countables(self, structure: Structure, key: Key, words: Words) -> list[Countable]:
        return [Countable(option, words.options[option], option in key.right) for option in structure.options]

    def counted(self, structure: Structure, key: Key, answer: Any) -> list[str]:
        meant = recognised(structure, key, answer or "")
        return [meant] if meant else []

    def told(self, structure: Structure, key: Key, words: Words) -> list[tuple[str, str]]:
        """What is written for each option, and what is said to who means a misconception."""
        lines = []
        for option in structure.options:
            name = {"name": words.options[option]}
            lines.append((_("Taken for “%(name)s”:") % name, " · ".join(key.spellings[option])))
            if option in key.wrong:
                lines.append((_("Said to “%(name)s”:") % name, words.feedback[option]))
        return lines


def recognised(structure: Structure, key: Key, typed: str) -> str:
    """The option that was meant; "" where none was, or by a slip one as well as another."""
    said = normal(typed)
    forms = {option: [normal(spelling) for spelling in spellings] for option, spellings in key.spellings.items()}
    exact = [option for option, known in forms.items() if said in known]
    if exact or structure.spelling == "exact":
        return exact[0] if exact else ""
    near = [option for option, known in forms.items() if any(is_near(said, one) for one in known)]
    return near[0] if len(near) == 1 else ""
