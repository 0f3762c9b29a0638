"""`quiz.yaml` and `final.yaml`: the rules of a quiz, its draw and its questions."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from lessons.models import Profile
from portal.exchange.schemas.parts import Key, Language, Minutes, Moment, Part, Pool, Share
from quizzes.models import Question, Quiz
from quizzes.models.questions import KIND_NAME


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


class QuestionPart(Part):
    """What is common to the kinds; everything else is the business of the kind itself."""

    model_config = ConfigDict(extra="allow")

    key: Key
    kind: str
    critical: bool = False
    profile: Profile | None = None
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


class Questions(Part):
    """The questions of a check; a variant's file holds nothing else, since the check is the lesson's."""

    questions: Annotated[list[QuestionPart], Field(min_length=1)]


class QuizFile(QuizRules, Questions):
    feedback: Quiz.Feedback = Quiz.Feedback.AT_ONCE
