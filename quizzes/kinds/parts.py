"""What the kinds share whose answer has several parts: for each part something is chosen, and nothing twice."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise

MISSING, TWICE = "missing", "twice"
LONGEST_ID = 40

Said = str | Promise


@dataclass(frozen=True)
class Wording:
    """What is said of a faulty answer: of the whole of it, and beside a part."""

    nothing: Said
    incomplete: Said
    doubled: Said
    choose: Said
    taken: Said

    def beside(self, fault: str) -> str:
        return str({MISSING: self.choose, TWICE: self.taken}.get(fault, ""))

    def above(self, faults: Collection[str]) -> list[Said]:
        return [said for fault, said in ((MISSING, self.incomplete), (TWICE, self.doubled)) if fault in faults]


def sent(parts: Iterable[str], data: Mapping[str, Any], prefix: str = "answer") -> dict[str, str]:
    """What was sent for each part, in fields named `answer-<part>`; empty where nothing was."""
    return {part: str(data.get(f"{prefix}-{part}", ""))[:LONGEST_ID] for part in parts}


def faults_of(given: Mapping[str, str], choices: Collection[str]) -> dict[str, str]:
    """MISSING or TWICE by part, for an answer that was begun; a choice that does not exist is none."""
    if not any(given.values()):
        return {}
    times = Counter(given.values())
    missing = {part: MISSING for part, choice in given.items() if choice not in choices}
    return {part: TWICE for part, choice in given.items() if times[choice] > 1} | missing


class Parts(forms.Widget):
    """Reads the parts of an answer; templates/quizzes/kinds/ draws them."""

    def __init__(self, parts: Collection[str]) -> None:
        super().__init__()
        self.parts = parts

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        return sent(self.parts, data, name)


class PartsField(forms.Field):
    """One choice for each part, none of them twice; its cleaned value is the choices by part."""

    def __init__(self, parts: Collection[str], choices: Collection[str], wording: Wording) -> None:
        super().__init__(widget=Parts(parts))
        self.choices, self.wording = choices, wording

    def clean(self, value: dict[str, str]) -> Any:
        if not any(value.values()):
            raise ValidationError(str(self.wording.nothing))
        if faults := faults_of(value, self.choices):
            raise ValidationError([str(said) for said in self.wording.above(faults.values())])
        return value
