"""Several right answers among three to six (QTI choice interaction, several choices)."""

from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Annotated, Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy
from pydantic import Field

from quizzes.kinds.base import Countable, Kind, OptionId, OptionLine, OptionReview, Review, Schema, exactly
from quizzes.kinds.choices import CHOOSE, NO_SUCH, Options, OptionWords, field_choices, option_lines, shuffled


class Key(Schema):
    right: Annotated[list[OptionId], Field(min_length=1)]


class MultipleChoice(Kind[Options, Key, OptionWords]):
    name = "multiple_choice"
    label = gettext_lazy("Several right answers")
    help_text = gettext_lazy("Three to six options, of which all that are right are to be found.")
    structure, key, words = Options, Key, OptionWords
    blank: ClassVar[list[str]] = []

    def agree(self, structure: Options, key: Key) -> None:
        if len(set(key.right)) != len(key.right):
            raise ValueError("right: the same option stands twice")
        if strangers := set(key.right) - set(structure.options):
            raise ValueError(f"right: {', '.join(sorted(strangers))} not among the options")
        if len(key.right) == len(structure.options):
            raise ValueError("right: at least one option must be wrong")

    def words_agree(self, words: OptionWords, structure: Options, key: Key) -> None:
        exactly(words.options, structure.options, "options")
        exactly(words.feedback, structure.options, "feedback (one for each option)")

    def option_order(self, structure: Options, key: Key, random: Random) -> list[str]:
        return shuffled(structure.options, random)

    def field(self, structure: Options) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=field_choices(structure), error_messages={"required": CHOOSE, "invalid_choice": NO_SUCH}
        )

    def typed(self, structure: Options, data: QueryDict) -> list[str]:
        return data.getlist("answer")

    def samples(self, structure: Options, key: Key, words: OptionWords) -> Iterator[list[str]]:
        """All that is right, then each wrong option alone."""
        yield key.right
        yield from ([option] for option in structure.options if option not in key.right)

    def canonical(self, answer: Any) -> list[str]:
        return sorted(answer or [])

    def lines(
        self, structure: Options, words: OptionWords, order: list[str], prefix: str, answer: Any
    ) -> list[OptionLine]:
        return option_lines(order, words.options, prefix, answer)

    def grade(self, structure: Options, key: Key, answer: Any, *, critical: bool = False) -> Fraction:
        """(hits - false alarms) / right options, never below zero; a critical question is all or nothing."""
        chosen, right = set(answer), set(key.right)
        if critical:
            return Fraction(chosen == right)
        return max(Fraction(0), Fraction(len(chosen & right) - len(chosen - right), len(right)))

    def review(self, structure: Options, key: Key, words: OptionWords, order: list[str], answer: Any) -> Review:
        chosen, right = set(answer), set(key.right)
        missed = chosen ^ right
        options = tuple(
            OptionReview(
                option,
                words.options[option],
                option in chosen,
                option in right,
                words.feedback[option] if option in missed else "",
            )
            for option in order
        )
        return Review(
            options,
            " · ".join(words.options[option] for option in order if option in chosen),
            " · ".join(words.options[option] for option in order if option in right),
            tuple(option.why for option in options if option.why),
            beside=True,
        )

    def countables(self, structure: Options, key: Key, words: OptionWords) -> list[Countable]:
        return [Countable(option, words.options[option], option in key.right) for option in structure.options]

    def counted(self, structure: Options, key: Key, answer: Any) -> list[str]:
        return [option for option in structure.options if option in (answer or ())]
