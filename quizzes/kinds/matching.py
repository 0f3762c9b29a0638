"""Prompts, and for each of them the choice that belongs to it (QTI match interaction)."""

from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Annotated, Any, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field, model_validator

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
from quizzes.kinds.choices import shuffled
from quizzes.kinds.parts import PartsField, Wording, faults_of, sent

MOST_SPARE = 3
WORDING = Wording(
    nothing=gettext_lazy("Choose what belongs together, then send it."),
    incomplete=gettext_lazy("Something is still without its match. Choose one for each."),
    doubled=gettext_lazy("The same match is chosen more than once. Each belongs to one only."),
    choose=gettext_lazy("Choose what belongs to this."),
    taken=gettext_lazy("This is chosen elsewhere too."),
)


class Structure(Schema):
    """Ids of prompts and of the choices to match; more choices than prompts leave some of them over."""

    prompts: Annotated[list[OptionId], Field(min_length=2, max_length=6)]
    options: Annotated[list[OptionId], Field(min_length=2, max_length=9)]

    @model_validator(mode="after")
    def ids_differ(self) -> Self:
        both = [*self.prompts, *self.options]
        if twice := {name for name in both if both.count(name) > 1}:
            raise ValueError(f"ids of prompts and options must all differ: {', '.join(sorted(twice))}")
        if not 0 <= len(self.options) - len(self.prompts) <= MOST_SPARE:
            raise ValueError(f"there must be as many options as prompts, or up to {MOST_SPARE} more")
        return self


class Key(Schema):
    """Which choice belongs to each prompt."""

    right: dict[OptionId, OptionId]


class Words(BaseWords):
    """`feedback`: for some of the prompts, what to say to who has matched them with something else."""

    prompts: dict[OptionId, Text]
    options: dict[OptionId, Text]
    feedback: dict[OptionId, Text] = {}


class Matching(Kind[Structure, Key, Words]):
    name = "matching"
    label = gettext_lazy("Match")
    help_text = gettext_lazy("Things that belong together, two by two.")
    structure, key, words = Structure, Key, Words

    def agree(self, structure: Structure, key: Key) -> None:
        exactly(key.right, structure.prompts, "right")
        chosen = list(key.right.values())
        if strangers := set(chosen) - set(structure.options):
            raise ValueError(f"right: {', '.join(sorted(strangers))} not among the options")
        if twice := {option for option in chosen if chosen.count(option) > 1}:
            raise ValueError(f"right: {', '.join(sorted(twice))} belongs to one prompt only")

    def words_agree(self, words: Words, structure: Structure, key: Key) -> None:
        exactly(words.prompts, structure.prompts, "prompts")
        exactly(words.options, structure.options, "options")
        exactly(words.feedback, set(structure.prompts) & set(words.feedback), "feedback")

    def ids(self, structure: Structure) -> list[str]:
        return [*structure.prompts, *structure.options]

    def meant(self, structure: Structure) -> tuple[list[str], list[str]]:
        """What is matched, and to what."""
        return sorted(structure.prompts), sorted(structure.options)

    def option_order(self, structure: Structure, key: Key, random: Random) -> list[str]:
        """Both sides shuffled, the prompts first."""
        return [*shuffled(structure.prompts, random), *shuffled(structure.options, random)]

    def field(self, structure: Structure) -> forms.Field:
        return PartsField(structure.prompts, structure.options, WORDING)

    def typed(self, structure: Structure, data: QueryDict) -> dict[str, str]:
        return sent(structure.prompts, data)

    def lines(self, structure: Structure, words: Words, order: list[str], prefix: str, answer: Any) -> list[OptionLine]:
        """The prompts, each with every choice."""
        given: dict[str, str] = answer or {}
        faults = faults_of(given, structure.options)
        choices = [(option, words.options[option]) for option in order if option in structure.options]
        return [
            OptionLine(
                prompt,
                words.prompts[prompt],
                checked=False,
                input_id=f"{prefix}-{prompt}",
                choices=tuple(Choice(option, text, given.get(prompt) == option) for option, text in choices),
                fault=WORDING.beside(faults.get(prompt, "")),
            )
            for prompt in order
            if prompt in structure.prompts
        ]

    def samples(self, structure: Structure, key: Key, words: Words) -> Iterator[dict[str, str]]:
        """What is right, and everything matched with the choice of the next."""
        yield key.right
        choices = list(key.right.values())
        yield dict(zip(key.right, [*choices[1:], choices[0]], strict=True))

    def grade(self, structure: Structure, key: Key, answer: Any, *, critical: bool = False) -> Fraction:
        """The share of prompts that are matched rightly; a critical question is all or nothing."""
        earned = Fraction(_hits(key, answer), len(key.right))
        return Fraction(earned == 1) if critical else earned

    def review(self, structure: Structure, key: Key, words: Words, order: list[str], answer: Any) -> Review:
        given: dict[str, str] = answer or {}
        lines = []
        for prompt in (prompt for prompt in order if prompt in structure.prompts):
            option, wanted = given.get(prompt, ""), key.right[prompt]
            said = _standing(words.options.get(option, ""), right=option == wanted)
            lines.append(LineReview(prompt, words.prompts[prompt], words.options[wanted], said, option == wanted))
        missed = [line.id for line in lines if line.given and not line.right]
        return Review(
            lines=tuple(lines),
            whys=tuple(words.feedback[prompt] for prompt in missed if prompt in words.feedback),
            spare=tuple(words.options[option] for option in structure.options if option not in key.right.values()),
            counted=_counted(key, given) if missed else "",
        )

    def countables(self, structure: Structure, key: Key, words: Words) -> list[Countable]:
        """Every prompt with every choice."""
        return [
            Countable(
                f"{prompt}:{option}", f"{words.prompts[prompt]}: {words.options[option]}", key.right[prompt] == option
            )
            for prompt in structure.prompts
            for option in structure.options
        ]

    def counted(self, structure: Structure, key: Key, answer: Any) -> list[str]:
        given: dict[str, str] = answer or {}
        return [f"{prompt}:{given[prompt]}" for prompt in structure.prompts if given.get(prompt) in structure.options]


def _hits(key: Key, answer: dict[str, str]) -> int:
    return sum(answer.get(prompt) == option for prompt, option in key.right.items())


def _standing(chosen: str, *, right: bool) -> str:
    if not chosen:
        return ""
    return _("Your answer, and it is right") if right else _("Your answer: %(answer)s") % {"answer": chosen}


def _counted(key: Key, given: dict[str, str]) -> str:
    return _("Rightly matched: %(right)s of %(all)s") % {"right": _hits(key, given), "all": len(key.right)}
