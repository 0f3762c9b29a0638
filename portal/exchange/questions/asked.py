"""A question as a file asks it, whatever the format: what `drafting.py` makes a draft of our kinds from."""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, order=True)
class Note:
    """Something to know about a line of the file: what is not kept, or what is still to be written."""

    line: int
    message: str


class FileRefused(Exception):
    """The file cannot be read, and nothing was changed; each fault has its line, 0 where it is the whole file."""

    def __init__(self, faults: list[Note]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(f"{fault.line}: {fault.message}" for fault in self.faults))


@dataclass(frozen=True)
class Answer:
    """One of the answers that a question names; `fraction` is its share of the points in percent."""

    text: str
    fraction: Decimal
    feedback: str = ""


@dataclass(frozen=True)
class Choices:
    """`single`: one answer is to be chosen; else all that earn something are."""

    options: list[Answer]
    single: bool


@dataclass(frozen=True)
class Statement:
    right: bool
    to_right: str = ""
    to_wrong: str = ""


@dataclass(frozen=True)
class Numbers:
    """Ranges, each with its share and feedback; `otherwise` is said to any other number."""

    ranges: list[tuple[Decimal, Decimal, Decimal, str]]
    unit: str = ""
    otherwise: str = ""


@dataclass(frozen=True)
class Typed:
    """`capitals`: the file tells small letters from capitals."""

    answers: list[Answer]
    capitals: bool = False


@dataclass(frozen=True)
class Pairs:
    """(prompt, its match); an empty prompt is a match that is left over."""

    pairs: list[tuple[str, str]]


@dataclass(frozen=True)
class Steps:
    """The texts in their right order."""

    steps: list[str]


@dataclass(frozen=True)
class Gaps:
    """`pieces` stand around the gaps, so there is one more of them."""

    pieces: list[str]
    gaps: list[list[Answer]]


@dataclass(frozen=True)
class NotOurs:
    """A question of a kind that we do not have; `reason` says so."""

    reason: str


Body = Choices | Statement | Numbers | Typed | Pairs | Steps | Gaps | NotOurs


@dataclass(frozen=True)
class FilePicture:
    """A picture that stands in the file, as base64."""

    name: str
    base64: str
    line: int
    alt: str = ""


@dataclass
class Asked:
    """`identity` names the question for ever: its number or its name in the file, or else what it asks."""

    line: int
    identity: str
    name: str
    stem: str
    body: Body
    explanation: str = ""
    notes: list[Note] = field(default_factory=list)
    pictures: list[FilePicture] = field(default_factory=list)


@dataclass
class QuestionFile:
    """`notes` are about the file as a whole: what was assumed, and what is kept of no question."""

    questions: list[Asked]
    notes: list[Note] = field(default_factory=list)
