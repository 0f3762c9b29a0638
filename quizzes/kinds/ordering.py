"""Steps to put in order (QTI order interaction)."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Annotated, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import AfterValidator, BeforeValidator, Field, field_validator

from lessons.markdown.numbers import isolated_plain
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

WORDING = Wording(
    nothing=gettext_lazy("Put the steps in order, then send them."),
    incomplete=gettext_lazy("Some steps have no place yet. Give every step a place."),
    doubled=gettext_lazy("Some steps have the same place. Give every step a place of its own."),
    choose=gettext_lazy("Choose a place for this step."),
    taken=gettext_lazy("Another step has this place too."),
)


class Structure(Schema):
    """The ids of the steps; how they stand here says nothing of their order."""

    options: Annotated[list[OptionId], Field(min_length=3, max_length=8)]

    @field_validator("options")
    @classmethod
    def ids_differ(cls, options: list[str]) -> list[str]:
        if len(set(options)) != len(options):
            raise ValueError("option ids must differ")
        return options


def _as_group(entry: Any) -> Any:
    return [entry] if isinstance(entry, str) else entry


# How a group stands in the key says nothing, so that two ways to write it are one key.
Group = Annotated[list[OptionId], BeforeValidator(_as_group), Field(min_length=1), AfterValidator(sorted)]


class Key(Schema):
    """The right order; steps that stand together in a list may come in any order among themselves."""

    right: Annotated[list[Group], Field(min_length=2)]

    @property
    def ranks(self) -> dict[str, int]:
        """Which group each step is in, counted from 0."""
        return {step: rank for rank, group in enumerate(self.right) for step in group}


class Words(BaseWords):
    """`feedback`: for some of the steps, what to say to who has put that step elsewhere."""

    options: dict[OptionId, Text]
    feedback: dict[OptionId, Text] = {}


class OrderField(PartsField):
    """A place for every step; its cleaned value is the steps in their order."""

    def __init__(self, steps: Sequence[str]) -> None:
        super().__init__(steps, places(steps), WORDING)

    def clean(self, value: dict[str, str]) -> list[str]:
        chosen = super().clean(value)
        return sorted(chosen, key=lambda step: int(chosen[step]))


class Ordering(Kind[Structure, Key, Words]):
    name = "ordering"
    label = gettext_lazy("Put in order")
    script = "js/ordering.js"
    help_text = gettext_lazy("Steps to put in their right order.")
    structure, key, words = Structure, Key, Words

    def agree(self, structure: Structure, key: Key) -> None:
        steps = [step for group in key.right for step in group]
        if twice := {step for step in steps if steps.count(step) > 1}:
            raise ValueError(f"right: {', '.join(sorted(twice))} stands twice")
        exactly(steps, structure.options, "right")

    def words_agree(self, words: Words, structure: Structure, key: Key) -> None:
        exactly(words.options, structure.options, "options")
        exactly(words.feedback, set(structure.options) & set(words.feedback), "feedback")

    def option_order(self, structure: Structure, key: Key, random: Random) -> list[str]:
        """Shuffled, and never already right."""
        order = shuffled(structure.options, random)
        while adjacent_pairs(_ranked(key, order)) == 1:
            random.shuffle(order)
        return order

    def field(self, structure: Structure) -> forms.Field:
        return OrderField(structure.options)

    def typed(self, structure: Structure, data: QueryDict) -> dict[str, str]:
        return sent(structure.options, data)

    def lines(self, structure: Structure, words: Words, order: list[str], prefix: str, answer: Any) -> list[OptionLine]:
        """The steps in the order that was sent, or else in that of the attempt; each with its place to choose."""
        sorted_before = isinstance(answer, list)
        given = {step: str(place) for place, step in enumerate(answer, 1)} if sorted_before else answer or {}
        faults = faults_of(given, places(order))
        return [
            OptionLine(
                step,
                words.options[step],
                checked=False,
                input_id=f"{prefix}-{step}",
                choices=tuple(Choice(place, place, given.get(step) == place) for place in places(order)),
                fault=WORDING.beside(faults.get(step, "")),
            )
            for step in (answer if sorted_before else order)
        ]

    def samples(self, structure: Structure, key: Key, words: Words) -> Iterator[list[str]]:
        """The right order and its reverse."""
        right = [step for group in key.right for step in group]
        yield right
        yield right[::-1]

    def grade(self, structure: Structure, key: Key, answer: Any, *, critical: bool = False) -> Fraction:
        """The share of `adjacent_pairs` that are right; a critical question is all or nothing."""
        earned = adjacent_pairs(_ranked(key, answer))
        return Fraction(earned == 1) if critical else earned

    def review(self, structure: Structure, key: Key, words: Words, order: list[str], answer: Any) -> Review:
        given = list(answer or [])
        lines, first = [], 1
        for group in key.right:
            last = first + len(group) - 1
            label = str(first) if first == last else isolated_plain(f"{first}–{last}")
            for step in sorted(group, key=(given or structure.options).index):
                place = given.index(step) + 1 if given else 0
                right = first <= place <= last
                lines.append(LineReview(step, label, words.options[step], _standing(place, right=right), right))
            first = last + 1
        astray = [given[at] for at in out_of_line(_ranked(key, given))]
        whys = tuple(words.feedback[step] for step in astray if step in words.feedback)
        return Review(lines=tuple(lines), whys=whys, counted=_counted(_ranked(key, given)))

    def countables(self, structure: Structure, key: Key, words: Words) -> list[Countable]:
        """The exact order, then every step that can stand too early: all but those of the first place."""
        late = [step for group in key.right[1:] for step in group]
        early = _("Too early: %(step)s")
        exact = Countable("right", _("Exactly in order"), right=True)
        return [
            exact,
            *(Countable(f"astray-{step}", early % {"step": words.options[step]}, right=False) for step in late),
        ]

    def counted(self, structure: Structure, key: Key, answer: Any) -> list[str]:
        """`right`, or the first step that stands before one that the key puts earlier."""
        if not answer:
            return []
        ranks = _ranked(key, answer)
        early = (step for at, step in enumerate(answer) if ranks[at] > min(ranks[at:]))
        first = next(early, None)
        return ["right" if first is None else f"astray-{first}"]


def places(steps: Sequence[str]) -> list[str]:
    return [str(place) for place in range(1, len(steps) + 1)]


def _ranked(key: Key, answer: Sequence[str]) -> list[int]:
    ranks = key.ranks
    return [ranks[step] for step in answer]


def counted_pairs(ranks: Sequence[int]) -> list[bool]:
    """For each two neighbours of which the key says something, whether the second may follow the first.

    `ranks` are the groups of the steps in the order of the answer. Neighbours of one group say nothing; any others are
    right only where the second belongs to the very next group.
    """
    return [second == first + 1 for first, second in pairwise(ranks) if second != first]


def adjacent_pairs(ranks: Sequence[int]) -> Fraction:
    """The share of counted neighbours that are right, of n steps in one right order n - 1 pairs; 1 is exactly right."""
    pairs = counted_pairs(ranks)
    return Fraction(sum(pairs), len(pairs))


def out_of_line(ranks: Sequence[int]) -> list[int]:
    """The fewest places whose steps would have to move for the rest to be in order."""
    best: list[list[int]] = []
    for at, rank in enumerate(ranks):
        before = [run for run in best if ranks[run[-1]] <= rank]
        best.append([*max(before, key=len, default=[]), at])
    kept = max(best, key=len, default=[])
    return [at for at in range(len(ranks)) if at not in kept]


def _standing(place: int, *, right: bool) -> str:
    if not place:
        return ""
    return _("You had it in its right place") if right else _("You had it in place %(place)s") % {"place": place}


def _counted(ranks: Sequence[int]) -> str:
    pairs = counted_pairs(ranks)
    if all(pairs):
        return ""
    return _("Neighbours in the right order: %(right)s of %(all)s") % {"right": sum(pairs), "all": len(pairs)}
