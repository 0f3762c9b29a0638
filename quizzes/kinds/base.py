"""What every kind of question knows: its schema, its form, how it grades, how it is shown afterwards."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from pydantic import BaseModel, ConfigDict, Field, StrictInt, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
OptionId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]

RIGHT, WRONG, PARTLY = "right", "wrong", "partly"


class Schema(BaseModel):
    """A part of a question as it is stored; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Picture(Schema):
    """A kept picture: the hash of its bytes with its ending, and its size. In a package it is the name of a figure."""

    file: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}\.(svg|webp)$")]
    width: Annotated[StrictInt, Field(ge=1, le=100_000)]
    height: Annotated[StrictInt, Field(ge=1, le=100_000)]


class BaseWords(Schema):
    stem: Text
    explanation: Text


Said = str | Promise
S = TypeVar("S", bound=BaseModel)
K = TypeVar("K", bound=BaseModel)
W = TypeVar("W", bound=BaseWords)


@dataclass(frozen=True)
class Choice:
    """One entry of a list to choose from."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class OptionLine:
    """An option as the learner meets it; `choices` where something is chosen for it, `fault` what is wrong there."""

    id: str
    text: str
    checked: bool
    input_id: str
    choices: tuple[Choice, ...] = ()
    fault: str = ""


@dataclass(frozen=True)
class Mark:
    """A region drawn on a picture, in the picture's pixels, with its number in the list beside the picture.

    `shape` is rect, circle or polygon; `points` are a polygon's as SVG has them; (`at_x`, `at_y`) is where the number
    stands.
    """

    id: str
    number: int
    text: str
    shape: str
    x: int
    y: int
    width: int
    height: int
    points: str
    at_x: int
    at_y: int
    input_id: str = ""
    chosen: bool = False
    right: bool = False


@dataclass(frozen=True)
class Drawing:
    """A picture by the name of its file, `<hash>.<ending>`, with its regions; `unit` is what marks are measured by."""

    file: str
    width: int
    height: int
    alt: str
    marks: tuple[Mark, ...]

    @property
    def unit(self) -> int:
        """A hundredth of the width: marks keep their size on the page whatever the picture's own."""
        return max(1, round(self.width / 100))


@dataclass(frozen=True)
class Countable:
    """One thing a learner may have chosen, as item analysis counts it; `right` where the key holds it for right."""

    id: str
    label: str
    right: bool


@dataclass(frozen=True)
class OptionReview:
    """An option after the answer: whether it was chosen, whether it was right, and why not where it was not."""

    id: str
    text: str
    chosen: bool
    right: bool
    why: str


@dataclass(frozen=True)
class LineReview:
    """A part of an answer that has several: under its `label` what is right, in `given` what the learner made of it.

    `given` is empty where there was no answer.
    """

    id: str
    label: str
    text: str
    given: str
    right: bool


@dataclass(frozen=True)
class Review:
    """What a learner sees once the feedback may be given: options, or lines with `spare` choices, or else in words.

    `whys` say why what they chose is wrong, `counted` how much of it was right. `beside` is true where each option has
    its own reason, which stands beside it and not in the verdict.
    """

    options: tuple[OptionReview, ...] = ()
    answer_display: str = ""
    right_display: str = ""
    whys: tuple[str, ...] = ()
    lines: tuple[LineReview, ...] = ()
    spare: tuple[str, ...] = ()
    counted: str = ""
    drawing: Drawing | None = None
    beside: bool = False


class Kind(ABC, Generic[S, K, W]):
    """One sort of question. An answer is JSON; a grade is a share of the points between 0 and 1.

    A kind is all that its file says: pages and forms that know nothing of it draw what it returns. One that wants a
    page of its own has `templates/quizzes/kinds/<name>.html`, and a form of its own an entry in the studio's `FORMS`.
    """

    name: ClassVar[str]
    # For people: its name, and in a sentence what it asks.
    label: ClassVar[Said] = ""
    help_text: ClassVar[Said] = ""
    # What to do, said under the question by the page that serves every kind.
    hint: ClassVar[Said] = ""
    # A static file, if the page of a question needs one.
    script: ClassVar[str] = ""
    structure: type[S]
    key: type[K]
    words: type[W]
    # The answer of who gave none, as `review` takes it.
    blank: ClassVar[Any] = None

    @property
    def called(self) -> str:
        """Its name for people."""
        return str(self.label) or self.name.replace("_", " ").capitalize()

    def parse(self, structure: Mapping[str, Any], answer_key: Mapping[str, Any]) -> tuple[S, K]:
        """The two parts checked, also against each other; raises pydantic.ValidationError or ValueError."""
        parsed = self.structure.model_validate(structure), self.key.model_validate(answer_key)
        self.agree(*parsed)
        return parsed

    def parse_words(self, words: Mapping[str, Any], structure: S, key: K) -> W:
        """The words checked against structure and key; raises pydantic.ValidationError or ValueError."""
        parsed = self.words.model_validate(words)
        self.words_agree(parsed, structure, key)
        return parsed

    @abstractmethod
    def agree(self, structure: S, key: K) -> None:
        """Raises ValueError when the key does not fit the structure."""

    @abstractmethod
    def words_agree(self, words: W, structure: S, key: K) -> None:
        """Raises ValueError when words are missing or left over."""

    @classmethod
    def picture_fields(cls) -> list[str]:
        """The fields of the structure that hold a picture."""
        return [name for name, field in cls.structure.model_fields.items() if field.annotation is Picture]

    def ids(self, structure: S) -> list[str]:
        """The permanent ids of everything in it, as it was written."""
        return list(getattr(structure, "options", []))

    def meant(self, structure: S) -> Any:
        """What an answer speaks of: where two versions have the same, an answer to one means the same in the other."""
        return sorted(self.ids(structure))

    def option_order(self, structure: S, key: K, random: Random) -> list[str]:
        """The order in which one attempt shows the options."""
        return []

    @abstractmethod
    def field(self, structure: S) -> forms.Field:
        """What takes an answer: its cleaned value is the answer. It remembers nothing, so one serves every request."""

    def typed(self, structure: S, data: QueryDict) -> Any:
        """What was sent, right or wrong, as `lines` shows it again."""
        return data.get("answer", "")[:200]

    def lines(self, structure: S, words: W, order: list[str], prefix: str, answer: Any) -> list[OptionLine]:
        """The options in the order of the attempt; `answer` is what was saved or typed before, or None."""
        return []

    def drawing(self, structure: S, words: W, order: list[str], prefix: str, answer: Any) -> Drawing | None:
        """The picture that the question is about, where it is about one, with what `answer` names marked as chosen."""
        return None

    def said(self, structure: S, words: W, order: list[str], answer: Any) -> str:
        """An answer in words, of which none hangs on the key: `Wait for help`, `Fire: outside; A flood: uphill`."""
        lines = self.lines(structure, words, order, "", answer)
        chosen = [f"{line.text}: {choice.text}" for line in lines for choice in line.choices if choice.chosen]
        return "; ".join(chosen or [line.text for line in lines if line.checked]) or str(answer)

    def doubts(self, structure: S, key: K) -> list[str]:
        """What may be better, said to its author; nothing of it hinders publishing."""
        return []

    def samples(self, structure: S, key: K, words: W) -> Iterator[Any]:
        """Answers worth looking at: among them one that is right and one that is wrong, where the kind knows any."""
        yield from (value for value, _text in getattr(self.field(structure), "choices", ()))

    def canonical(self, answer: Any) -> Any:
        """The same for answers that mean the same."""
        return answer

    @abstractmethod
    def grade(self, structure: S, key: K, answer: Any, *, critical: bool = False) -> Fraction:
        """The share of the points that `answer` earns."""

    @abstractmethod
    def review(self, structure: S, key: K, words: W, order: list[str], answer: Any) -> Review:
        """How the answer is shown beside the right one."""

    def countables(self, structure: S, key: K, words: W) -> list[Countable]:
        """What may be counted, in the order it is shown; [] where answers are not counted by parts."""
        return []

    def counted(self, structure: S, key: K, answer: Any) -> list[str]:
        """Ids of the countables that an answer chose, each once; what is in no countable is in none."""
        return []

    def told(self, structure: S, key: K, words: W) -> list[tuple[str, str]]:
        """What authors and reviewers see besides the right answer, each with its label: what else is recognised."""
        return []


def read_answer(field: forms.Field, data: Mapping[str, Any]) -> Any:
    """The answer in what was sent, cleaned by the field of its kind; raises ValidationError."""
    return field.clean(field.widget.value_from_datadict(data, {}, "answer"))


def verdict(fraction: Fraction | Decimal | int) -> str:
    if fraction >= 1:
        return RIGHT
    return PARTLY if fraction > 0 else WRONG


def exactly(found: Iterable[str], wanted: Iterable[str], what: str) -> None:
    """Raises ValueError naming what is missing in or left over from `found`."""
    missing, extra = set(wanted) - set(found), set(found) - set(wanted)
    if missing:
        raise ValueError(f"{what}: missing {', '.join(sorted(missing))}")
    if extra:
        raise ValueError(f"{what}: unknown {', '.join(sorted(extra))}")
