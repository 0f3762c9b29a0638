"""What a made-up learner answers: what is right, or where there is a `chance` a mistake that people make."""

import random
from collections.abc import Callable
from typing import Any

Chance = random.Random | None
COMMON = (0.68, 0.27, 0.04, 0.01)  # of the wrong options the first is believed most, and the last by nearly nobody


def _single(structure: Any, key: Any, chance: Chance) -> str:
    wrong = [option for option in structure.options if option != key.right]
    return str(chance.choices(wrong, COMMON[: len(wrong)])[0] if chance else key.right)


def _multiple(structure: Any, key: Any, chance: Chance) -> list[str]:
    """One right option is forgotten, or one wrong option taken besides."""
    right = list(key.right)
    if chance is None:
        return right
    if chance.random() < 0.6 and len(right) > 1:
        right.remove(chance.choice(right))
        return right
    return [*right, chance.choice([option for option in structure.options if option not in right])]


def _true_false(structure: Any, key: Any, chance: Chance) -> str:
    return "true" if key.right is (chance is None) else "false"


def _numerical(structure: Any, key: Any, chance: Chance) -> str:
    """Half or double of what is right, where that is wrong."""
    low, high = key.right.min, key.right.max
    if chance is None:
        return str(high if low is None else low)
    if high is None or (low is not None and chance.random() < 0.7):
        return str(round(low / 2, 1))
    return str(high * 2)


def _ordering(structure: Any, key: Any, chance: Chance) -> list[str]:
    """Two neighbours change places."""
    order = [step for group in key.right for step in group]
    if chance:
        at = len(key.right[0]) - 1 + chance.choice((0, 0, 1))
        at = min(at, len(order) - 2)
        order[at], order[at + 1] = order[at + 1], order[at]
    return order


def _matching(structure: Any, key: Any, chance: Chance) -> dict[str, str]:
    """Two prompts change their matches."""
    pairs = dict(key.right)
    if chance:
        one, other = chance.sample(list(pairs), 2)
        pairs[one], pairs[other] = pairs[other], pairs[one]
    return pairs


ANSWERS: dict[str, Callable[[Any, Any, Chance], Any]] = {
    "single_choice": _single,
    "multiple_choice": _multiple,
    "true_false": _true_false,
    "numerical": _numerical,
    "ordering": _ordering,
    "matching": _matching,
}
