"""What is wrong with a package: the file, the line, and what to do. All of it is said at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Fault:
    """`file` is relative to the package; `line` counts from 1."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class PackageFaults(Exception):
    """A package that cannot be read in; nothing was changed."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass
class FaultList:
    """Where the parts of the reader put what they find."""

    found: list[Fault] = field(default_factory=list)

    def add(self, file: str, line: int, message: object) -> None:
        self.found.append(Fault(file, line, str(message)))

    def refuse(self) -> None:
        """Raises PackageFaults when something was found."""
        if self.found:
            raise PackageFaults(self.found)
