"""What a line of a block begins with, in braces: a field to fill in, or the pattern of a siren."""

import re
from dataclasses import dataclass
from math import prod
from typing import Literal, get_args

FieldKind = Literal["text", "number", "tick", "sum"]
Shape = Literal["steady", "wave", "on", "low"]

KINDS: tuple[FieldKind, ...] = get_args(FieldKind)
KEY = re.compile(r"[a-z][a-z0-9-]{0,39}")
FACT_FACTOR = "fact:"
LONGEST_PATTERN = 600

_FIELD = re.compile(r"([a-z][a-z0-9-]{0,39}):(text|number|tick|sum +(.+))")
_FACTOR = re.compile(rf"\d{{1,4}}(?:\.\d{{1,2}})?|(?:{FACT_FACTOR})?{KEY.pattern}")
_TIMES = re.compile(r"\s*(?:×|\*|(?<=\s)x(?=\s))\s*")
_KEPT_SUM = re.compile(r'<li class="field"[^>]* data-sum="([^"]*)"')
_STEADY = re.compile(r"steady (\d{1,3})")
_WAVE = re.compile(r"wave (\d{1,2}) [x×] (\d{1,2})")
_BROKEN = re.compile(r"(on|low) (\d{1,2}) off (\d{1,2}) [x×] (\d{1,2})")


@dataclass(frozen=True)
class Sum:
    """A sum of products: each factor a number, the key of a number that is filled in, or `fact:` and a local fact's."""

    products: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        return "+".join("*".join(product) for product in self.products)

    @property
    def factors(self) -> set[str]:
        return {factor for product in self.products for factor in product}

    def value(self, known: dict[str, float]) -> float | None:
        """None while a factor is not known."""
        numbers = [[_number(factor, known) for factor in product] for product in self.products]
        if any(number is None for product in numbers for number in product):
            return None
        return sum(prod(number for number in product if number is not None) for product in numbers)


def _number(factor: str, known: dict[str, float]) -> float | None:
    return float(factor) if factor[0].isdigit() else known.get(factor)


@dataclass(frozen=True)
class FieldMark:
    key: str
    kind: FieldKind
    sum: Sum | None = None


def field_mark(mark: str) -> FieldMark | None:
    """What `near:text` or `water:sum people x 4 x 3` says; None where it says nothing we know."""
    found = _FIELD.fullmatch(mark.strip())
    if not found:
        return None
    key, kind, products = found.groups()
    if products is None:
        return FieldMark(key, kind)  # type: ignore[arg-type]  # one of KINDS, as the pattern has it
    total = sum_of(products)
    return FieldMark(key, "sum", total) if total else None


def facts_in_sums(html: str) -> set[str]:
    """Keys of the local facts that sums of worksheets in stored HTML count with."""
    factors = (factor for kept in _KEPT_SUM.findall(html) for factor in re.split(r"[*+]", kept))
    return {factor.removeprefix(FACT_FACTOR) for factor in factors if factor.startswith(FACT_FACTOR)}


def sum_of(text: str) -> Sum | None:
    """`people x 4 + babies x 2`, and what `str` makes of a Sum; None for anything else."""
    products = tuple(tuple(_TIMES.split(product.strip())) for product in text.split("+"))
    return Sum(products) if all(_FACTOR.fullmatch(one) for product in products for one in product) else None


@dataclass(frozen=True)
class Pattern:
    """A siren's rhythm: `times` times a tone of `on` seconds (a wave: one rise and fall) and a pause of `off`."""

    shape: Shape
    on: int
    off: int = 0
    times: int = 1

    def __str__(self) -> str:
        return f"{self.shape},{self.on},{self.off},{self.times}"

    @property
    def seconds(self) -> int:
        """From the first tone to the end of the last."""
        return self.times * (self.on + self.off) - self.off


def pattern(mark: str) -> Pattern | None:
    """What `steady 60`, `wave 4 x 15`, `on 5 off 3 x 7` or `low 20 off 10 x 12` says; None for anything else."""
    mark = " ".join(mark.split())
    if found := _STEADY.fullmatch(mark):
        told = Pattern("steady", int(found[1]))
    elif found := _WAVE.fullmatch(mark):
        told = Pattern("wave", int(found[1]), 0, int(found[2]))
    elif found := _BROKEN.fullmatch(mark):
        told = Pattern("on" if found[1] == "on" else "low", *(int(number) for number in found.groups()[1:]))
    else:
        return None
    return told if told.on and told.times and told.seconds <= LONGEST_PATTERN else None


def read_pattern(kept: str) -> Pattern:
    """What `str` made of one."""
    shape, *numbers = kept.split(",")
    return Pattern(shape, *(int(number) for number in numbers))  # type: ignore[arg-type]  # written by `str`
