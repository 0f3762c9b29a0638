"""True or false, in this order always."""

from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import StrictBool

from quizzes.kinds.base import BaseWords, Countable, Kind, OptionLine, OptionReview, Review, Schema, Text
from quizzes.kinds.choices import CHOOSE, NO_SUCH, option_lines


class Structure(Schema):
    """A statement has no options to store."""


class Key(Schema):
    right: StrictBool


class Words(BaseWords):
    feedback: Text


def _names() -> dict[str, str]:
    return {"true": _("True"), "false": _("False")}


class TrueFalse(Kind[Structure, Key, Words]):
    name = "true_false"
    label = gettext_lazy("True or false")
    help_text = gettext_lazy("A statement that is true or false.")
    structure, key, words = Structure, Key, Words

    def agree(self, structure: Structure, key: Key) -> None:
        """Every key fits."""

    def words_agree(self, words: Words, structure: Structure, key: Key) -> None:
        """The schema says it all."""

    def field(self, structure: Structure) -> forms.Field:
        return forms.ChoiceField(
            choices=[("true", "true"), ("false", "false")],
            error_messages={"required": CHOOSE, "invalid_choice": NO_SUCH},
        )

    def lines(self, structure: Structure, words: Words, order: list[str], prefix: str, answer: Any) -> list[OptionLine]:
        return option_lines(list(_names()), _names(), prefix, answer)

    def grade(self, structure: Structure, key: Key, answer: Any, *, critical: bool = False) -> Fraction:
        """All or nothing."""
        return Fraction(answer == _name(right=key.right))

    def review(self, structure: Structure, key: Key, words: Words, order: list[str], answer: Any) -> Review:
        right = _name(right=key.right)
        why = "" if answer == right else words.feedback
        options = tuple(
            OptionReview(name, text, name == answer, name == right, why if name == answer else "")
            for name, text in _names().items()
        )
        return Review(options, _names().get(answer, ""), _names()[right], (why,) if why else ())

    def countables(self, structure: Structure, key: Key, words: Words) -> list[Countable]:
        return [Countable(name, text, name == _name(right=key.right)) for name, text in _names().items()]

    def counted(self, structure: Structure, key: Key, answer: Any) -> list[str]:
        return [name for name in _names() if name == answer]


def _name(*, right: bool) -> str:
    return "true" if right else "false"
