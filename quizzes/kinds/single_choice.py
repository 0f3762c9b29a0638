"""One right answer among three to five (QTI choice interaction, one choice)."""

from fractions import Fraction
from random import Random
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from quizzes.kinds.base import Countable, Kind, OptionId, OptionLine, OptionReview, Review, Schema, exactly
from quizzes.kinds.choices import CHOOSE, NO_SUCH, Options, OptionWords, field_choices, option_lines, shuffled


class Key(Schema):
    right: OptionId


class SingleChoice(Kind[Options, Key, OptionWords]):
    name = "single_choice"
    label = gettext_lazy("One right answer")
    help_text = gettext_lazy("Three to five options, of which one is right.")
    structure, key, words = Options, Key, OptionWords

    def agree(self, structure: Options, key: Key) -> None:
        if len(structure.options) > 5:
            raise ValueError("options: at most five, where one is right")
        if key.right not in structure.options:
            raise ValueError(f"right: {key.right} is not one of the options")

    def words_agree(self, words: OptionWords, structure: Options, key: Key) -> None:
        exactly(words.options, structure.options, "options")
        exactly(words.feedback, set(structure.options) - {key.right}, "feedback (one for each wrong option)")

    def option_order(self, structure: Options, key: Key, random: Random) -> list[str]:
        return shuffled(structure.options, random)

    def field(self, structure: Options) -> forms.Field:
        return forms.ChoiceField(
            choices=field_choices(structure), error_messages={"required": CHOOSE, "invalid_choice": NO_SUCH}
        )

    def lines(
        self, structure: Options, words: OptionWords, order: list[str], prefix: str, answer: Any
    ) -> list[OptionLine]:
        return option_lines(order, words.options, prefix, answer)

    def grade(self, structure: Options, key: Key, answer: Any, *, critical: bool = False) -> Fraction:
        """All or nothing."""
        return Fraction(answer == key.right)

    def review(self, structure: Options, key: Key, words: OptionWords, order: list[str], answer: Any) -> Review:
        options = tuple(
            OptionReview(
                option,
                words.options[option],
                option == answer,
                option == key.right,
                words.feedback.get(option, "") if option == answer else "",
            )
            for option in order
        )
        whys = tuple(option.why for option in options if option.why)
        return Review(options, words.options.get(answer, ""), words.options[key.right], whys)

    def countables(self, structure: Options, key: Key, words: OptionWords) -> list[Countable]:
        return [Countable(option, words.options[option], option == key.right) for option in structure.options]

    def counted(self, structure: Options, key: Key, answer: Any) -> list[str]:
        return [option for option in structure.options if option == answer]
