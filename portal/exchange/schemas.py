"""What each file of a package may hold. Unknown fields are refused: a misspelt name must not be lost in silence."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_serializer,
    model_validator,
)

from lessons.first_minute import check_agreement, check_count, check_line
from lessons.models import CallWhen
from quizzes.models import Question, Quiz
from quizzes.models.questions import KIND_NAME

KEY = r"^[A-Za-z0-9][A-Za-z0-9-]{0,99}$"
SMALL_KEY = r"^[a-z0-9][a-z0-9-]{0,99}$"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
NUMBER = re.compile(r"^\s*[-+]?[\d._]*(?:e[-+]?\d+)?\s*$", re.IGNORECASE)
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"

Key = Annotated[str, StringConstraints(pattern=KEY)]
SmallKey = Annotated[str, StringConstraints(pattern=SMALL_KEY)]
Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=80)]
Authority = Annotated[str, StringConstraints(pattern=SLUG, max_length=60)]
Language = Annotated[str, StringConstraints(pattern=LANGUAGE, max_length=12)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
LongLine = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Share = Annotated[Decimal, Field(ge=0, le=1)]
Percent = Annotated[int, Field(ge=0, le=100)]
Pool = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Minutes = Annotated[int, Field(ge=1, le=32_000)]


def _no_count_of_seconds(given: Any) -> Any:
    """A bare number would be read as seconds since 1970."""
    if isinstance(given, int | float) or (isinstance(given, str) and NUMBER.match(given)):
        raise ValueError("write a day, a time and a zone, such as 2026-12-01T12:00:00+03:00")
    return given


Moment = Annotated[AwareDatetime, BeforeValidator(_no_count_of_seconds)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class Row(Part):
    """A row of a shared file; the same key may stand in another file if the row is the same there."""

    key: Key


class Citation(Part):
    key: Key
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""


class Review(Part):
    """`by` and `at` stay empty until an expert has signed."""

    by: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] | None = None
    at: date | None = None
    due: date | None = None


# shared/


def _plainly(check: Callable[[Any], object]) -> AfterValidator:
    """A rule of the portal's own, in the form in which a schema refuses."""

    def checked(value: Any) -> Any:
        try:
            check(value)
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from None
        return value

    return AfterValidator(checked)


CardLine = Annotated[Line, _plainly(check_line)]


class TopicWords(Part):
    """`first_minute` is the card; it is stored one line a line."""

    name: Annotated[Line, Field(max_length=120)]
    summary: str = ""
    first_minute: Annotated[list[CardLine], _plainly(check_count)] = []

    @field_serializer("first_minute")
    def _stored(self, lines: list[str]) -> str:
        return "\n".join(lines)


def _same_length(texts: dict[str, TopicWords]) -> None:
    check_agreement(len(words.first_minute) for words in texts.values())


class TopicRow(Row):
    slug: Slug
    icon: Annotated[Slug, Field(max_length=40)]
    urgent: bool = False
    call_when: CallWhen = CallWhen.AT_ONCE
    related: list[Key] = []
    sources: list[Citation] = []
    review: Review = Review()
    texts: Annotated[dict[Language, TopicWords], _plainly(_same_length)]


class SkillWords(Part):
    name: Line
    description: str = ""


class SkillPart(Row):
    texts: dict[Language, SkillWords]


class SkillRow(SkillPart):
    parts: list[SkillPart] = []


class SourceRow(Row):
    title: LongLine
    publisher: Annotated[LongLine, Field(max_length=200)]
    year: Annotated[int, Field(ge=1900, le=2200)]
    url: Annotated[str, StringConstraints(pattern=r"^(https?://\S+)?$", max_length=200)] = ""


class FactWords(Part):
    label: Line
    default: Text


class FactRow(Row):
    key: SmallKey
    kind: Literal["text", "phone", "number"]
    texts: dict[Language, FactWords]


class TermWords(Part):
    term: Annotated[Line, Field(max_length=120)]
    definition: Text


class TermRow(Row):
    texts: dict[Language, TermWords]


class SharedFile(Part):
    """`authority` is whose keys these are; left out, it is that of the course beside it, or `starter`."""

    authority: Authority | None = None

    def rows(self) -> Iterator[tuple[tuple[str | int, ...], Any]]:
        """Every row with its path in the file."""
        name = next(name for name in type(self).model_fields if name != "authority")
        for at, row in enumerate(getattr(self, name)):
            yield (name, at), row


class TopicsFile(SharedFile):
    topics: list[TopicRow]


class SkillsFile(SharedFile):
    skills: list[SkillRow]


class SourcesFile(SharedFile):
    sources: list[SourceRow]


class FactsFile(SharedFile):
    facts: list[FactRow]


class GlossaryFile(SharedFile):
    terms: list[TermRow]


SHARED_FILES: dict[str, type[SharedFile]] = {
    "topics.yaml": TopicsFile,
    "skills.yaml": SkillsFile,
    "sources.yaml": SourcesFile,
    "local-facts.yaml": FactsFile,
    "glossary.yaml": GlossaryFile,
}


# A course


class CourseWords(Part):
    title: Line
    summary: Text
    audience: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    outcomes: list[LongLine] = []


class ModuleWords(Part):
    title: Line


class ModulePart(Part):
    key: Key
    texts: dict[Language, ModuleWords]
    lessons: Annotated[list[Slug], Field(min_length=1)]


class CourseFile(Part):
    format: Literal[1]
    key: Key
    authority: Authority = "starter"
    edition: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    slug: Slug
    position: Annotated[int, Field(ge=0)] = 0
    topics: list[Key] = []
    minutes: Minutes
    valid_months: Annotated[int, Field(ge=1, le=1200)] | None = None
    source_language: Language
    texts: dict[Language, CourseWords]
    sources: list[Key] = []
    modules: Annotated[list[ModulePart], Field(min_length=1)]


class DrawPart(Part):
    """So many of the drawn questions are of one sort: everything that is named is true of each."""

    count: Annotated[int, Field(ge=1, le=32_000)]
    topic: Key | None = None
    skill: Key | None = None
    difficulty: Question.Difficulty | None = None
    kind: Annotated[str, StringConstraints(pattern=KIND_NAME, max_length=20)] | None = None
    lesson: Key | None = None
    module: Key | None = None
    pool: Pool | None = None

    @model_validator(mode="after")
    def _says_what(self) -> "DrawPart":
        if not self.wishes:
            raise ValueError("say what these questions are: a topic, a skill, a difficulty, a kind, a lesson…")
        return self

    @property
    def wishes(self) -> dict[str, str]:
        """What is named, by name."""
        return {name: str(value) for name, value in self if name != "count" and value is not None}


class QuizRules(Part):
    """What a check and a final have in common; `due_at` says when the feedback `after_due` opens, with its zone."""

    pass_mark: Share
    draw: Annotated[int, Field(ge=1, le=32_000)] | None = None
    draw_rows: list[DrawPart] = []
    time_limit_minutes: Minutes | None = None
    time_essential: bool = False
    attempt_limit: Annotated[int, Field(ge=1, le=32_000)] | None = None
    cooldown_minutes: Minutes | None = None
    feedback: Quiz.Feedback
    due_at: Moment | None = None
    confidence: bool = False

    @model_validator(mode="after")
    def _due_is_awaited(self) -> "QuizRules":
        if (self.feedback == Quiz.Feedback.AFTER_DUE) != (self.due_at is not None):
            raise ValueError("`due_at` and `feedback: after_due` stand together, or neither")
        return self

    @model_validator(mode="after")
    def _rows_fit(self) -> "QuizRules":
        if self.draw_rows and self.draw is None:
            raise ValueError("`draw_rows` needs `draw`: how many questions are drawn in all")
        if self.draw is not None and sum(row.count for row in self.draw_rows) > self.draw:
            raise ValueError("the `draw_rows` ask for more questions than `draw`")
        return self

    def stored(self) -> dict[str, Any]:
        """The fields of the quiz, times in seconds."""
        same = ("draw", "time_essential", "attempt_limit", "due_at", "confidence")
        return {name: getattr(self, name) for name in same} | {
            "pass_mark": self.pass_mark.quantize(Decimal("0.001")),
            "time_limit": _seconds(self.time_limit_minutes),
            "cooldown": _seconds(self.cooldown_minutes),
            "feedback": self.feedback.value,
        }


def _seconds(minutes: int | None) -> int | None:
    return None if minutes is None else minutes * 60


class FinalFile(QuizRules):
    feedback: Quiz.Feedback = Quiz.Feedback.AT_END


# A lesson


class Figure(Part):
    """A picture of the lesson; `focus` is the point that stays in sight where it is cropped, from left and from top."""

    focus: tuple[Percent, Percent] | None = None


class LessonFile(Part):
    key: Key
    slug: Slug
    minutes: Minutes
    topics: list[Key] = []
    skills: list[Key] = []
    source_language: Language
    sources: Annotated[list[Citation], Field(min_length=1)]
    figures: dict[str, Figure] = {}
    review: Review = Review()


class LessonHead(Part):
    title: Line
    summary: Text
    objective: Text


class QuestionPart(Part):
    """What is common to the kinds; everything else is the business of the kind itself."""

    model_config = ConfigDict(extra="allow")

    key: Key
    kind: str
    critical: bool = False
    difficulty: Question.Difficulty | None = None
    pool: Pool | None = None
    seconds: Annotated[int, Field(ge=1, le=32_000)] | None = None
    skills: dict[Key, Annotated[Decimal, Field(gt=0, lt=100, decimal_places=2)]]
    sources: list[Key] = []
    texts: dict[Language, dict[str, Any]]

    @property
    def expected(self) -> dict[str, str]:
        """The difficulty as it is stored; nothing where the package says nothing of it."""
        return {"difficulty": str(self.difficulty or "")} if "difficulty" in self.model_fields_set else {}

    @property
    def of_its_kind(self) -> dict[str, Any]:
        """The fields that only its kind knows; one that is null is as good as left out."""
        return {name: value for name, value in (self.model_extra or {}).items() if value is not None}


class QuizFile(QuizRules):
    feedback: Quiz.Feedback = Quiz.Feedback.AT_ONCE
    questions: Annotated[list[QuestionPart], Field(min_length=1)]
