"""The numbers that a text names: a wrong one can cost a life, so each that has changed is told by name."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

ARABIC = str.maketrans("٠١٢٣٤٥٦٧٨٩٫٬", "0123456789.,")
FACT = re.compile(r"\{fact:[^}]*\}")
ADDRESS = re.compile(r"\]\([^)]*\)|https?://\S+")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
NONE = "–"


@dataclass(frozen=True)
class NumberChange:
    """A number that is another now; a dash where there was or is none."""

    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


def numbers_in(text: str) -> list[str]:
    """The numbers in their order, in Western digits; of facts, addresses and numbers of list items none."""
    plain = ADDRESS.sub(" ", FACT.sub(" ", text.translate(ARABIC)))
    plain = re.sub(r"(?m)^\s*\d+[.)]\s", " ", plain)
    return [_as_one(found) for found in NUMBER.findall(plain)]


def _as_one(number: str) -> str:
    """1,000 and 1000 are one number; 0.5 and 0,5 too."""
    if re.fullmatch(r"\d{1,3}(,\d{3})+", number):
        return number.replace(",", "")
    return number.replace(",", ".")


def changed_numbers(old: str, new: str) -> list[NumberChange]:
    """What is different, in the order of the text: a number for another, a new one, one that is gone."""
    before, after = numbers_in(old), numbers_in(new)
    changes: list[NumberChange] = []
    for deed, start, end, from_, to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if deed != "equal":
            changes += _paired(before[start:end], after[from_:to])
    return changes


def _paired(before: list[str], after: list[str]) -> list[NumberChange]:
    most = max(len(before), len(after))
    before, after = before + [NONE] * (most - len(before)), after + [NONE] * (most - len(after))
    return [NumberChange(old, new) for old, new in zip(before, after, strict=True)]


def only_in_one(texts: Iterable[str]) -> list[str]:
    """Numbers that one of the texts names more or less often than another does, in their order."""
    counts = [Counter(numbers_in(text)) for text in texts]
    known = sorted({number for count in counts for number in count}, key=lambda number: (len(number), number))
    return [number for number in known if len({count[number] for count in counts}) > 1]
