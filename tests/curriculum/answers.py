"""Answers to a question written down from its key as its author reads it: all that is right, and one thing wrong."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from tests.curriculum.starter import Question

Answers = Iterator[Any]
LITTLE = Decimal("0.01")


def right_answers(question: Question) -> Answers:
    """Every answer that the key holds for right."""
    return RIGHT[question.kind.name](question.structure, question.answer_key)


def wrong_answers(question: Question) -> Answers:
    """The right answer with one thing in it wrong, for each thing that can be."""
    return WRONG[question.kind.name](question.structure, question.answer_key)


def _one_option(structure: Any, key: Any) -> Answers:
    yield from (option for option in structure.options if option != key.right)


def _one_more_or_less(structure: Any, key: Any) -> Answers:
    yield from ([*key.right, option] for option in structure.options if option not in key.right)
    yield from ([one for one in key.right if one != option] for option in key.right)


def _ends(structure: Any, key: Any) -> Answers:
    yield from (str(end) for end in (key.right.min, key.right.max) if end is not None)


def _beyond_the_ends(structure: Any, key: Any) -> Answers:
    ends = ((key.right.min, -LITTLE), (key.right.max, LITTLE))
    yield from (str(end + step) for end, step in ends if end is not None)


def _both_ways(structure: Any, key: Any) -> Answers:
    """Steps that may come in any order among themselves, in two of them."""
    yield [step for steps in key.right for step in steps]
    yield [step for steps in key.right for step in reversed(steps)]


def _neighbours_exchanged(structure: Any, key: Any) -> Answers:
    right = key.right
    for at in range(len(right) - 1):
        order = [*right[:at], right[at + 1], right[at], *right[at + 2 :]]
        yield [step for steps in order for step in steps]


def _one_pair(structure: Any, key: Any) -> Answers:
    for prompt, right in key.right.items():
        yield from ({**key.right, prompt: option} for option in structure.options if option != right)


def _spellings(given: dict[str, list[str]]) -> Answers:
    yield from (spelling for spellings in given.values() for spelling in spellings)


def _filled(structure: Any, key: Any) -> Answers:
    yield {gap: choices[0] for gap, choices in key.right.items()}
    yield {gap: choices[-1] for gap, choices in key.right.items()}


def _one_gap(structure: Any, key: Any) -> Answers:
    right = {gap: choices[0] for gap, choices in key.right.items()}
    for gap, choices in structure.gaps.items():
        yield from ({**right, gap: choice} for choice in choices if choice not in key.right[gap])


Write = Callable[[Any, Any], Answers]
RIGHT: dict[str, Write] = {
    "single_choice": lambda structure, key: iter([key.right]),
    "multiple_choice": lambda structure, key: iter([key.right]),
    "true_false": lambda structure, key: iter([str(key.right).lower()]),
    "numerical": _ends,
    "ordering": _both_ways,
    "matching": lambda structure, key: iter([key.right]),
    "short_answer": lambda structure, key: _spellings(key.right),
    "gap_fill": _filled,
    "hotspot": lambda structure, key: iter(key.right),
}
WRONG: dict[str, Write] = {
    "single_choice": _one_option,
    "multiple_choice": _one_more_or_less,
    "true_false": lambda structure, key: iter([str(not key.right).lower()]),
    "numerical": _beyond_the_ends,
    "ordering": _neighbours_exchanged,
    "matching": _one_pair,
    "short_answer": lambda structure, key: _spellings(key.wrong),
    "gap_fill": _one_gap,
    "hotspot": lambda structure, key: (region.id for region in structure.regions if region.id not in key.right),
}
