"""What is wrong with a text, said so that its author can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class MarkdownFault:
    """One thing to mend; `line` counts from 1 in the Markdown."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.line}: {self.message}"


class MarkdownFaults(Exception):
    """Everything that is wrong with one text, in the order of its lines."""

    def __init__(self, faults: Iterable[MarkdownFault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))
