"""A question as those who write and review it see it: with the key, and everything that can be said to an answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.studio.languages import direction, language_name
from portal.studio.question_standing import QuestionStanding
from portal.studio.rendering import facts_by_language
from quizzes.facts import filled
from quizzes.kinds import KINDS, kind_named
from quizzes.kinds.base import Drawing, Mark
from quizzes.models import QuestionText, QuestionVersion

Facts = Mapping[str, dict[str, str]]
LEADS_TO = "·"
NOT_YET = "…"


@dataclass(frozen=True)
class ShownOption:
    text: str
    right: bool
    why: str


@dataclass(frozen=True)
class ShownLine:
    """A part of the right answer: a step in its place, a pair; `why` is said to who had it otherwise."""

    label: str
    text: str
    why: str


@dataclass(frozen=True)
class Shown:
    """One language of a question, with options, or lines and what is left over, or `right` in words.

    `said` is what is said to a wrong number, and whatever else the kind tells.
    """

    kind: str
    language: str
    name: str
    direction: str
    stem: str
    options: list[ShownOption]
    right: str
    explanation: str
    said: list[tuple[str, str]]
    lines: list[ShownLine]
    spare: tuple[str, ...]
    drawing: Drawing | None = None

    def as_text(self) -> str:
        """Everything in lines, to be compared with another wording."""
        marks = [(_("Right:") if option.right else _("Wrong:"), option) for option in self.options]
        options = [f"{mark} {option.text}\n    {option.why}".rstrip() for mark, option in marks]
        lines = [f"{line.label} {LEADS_TO} {line.text}\n    {line.why}".rstrip() for line in self.lines]
        left_over = _("Left over:")
        spare = [f"{left_over} {text}" for text in self.spare]
        said = [f"{label} {text}" for label, text in self.said]
        right, because = _("Right:"), _("Explanation:")
        answer = [f"{right} {self.right}"] if self.right else []
        return "\n".join(
            [self.stem, *self._pictured(), *options, *lines, *spare, *answer, *said, f"{because} {self.explanation}"]
        )

    def _pictured(self) -> list[str]:
        """The picture in lines: its name, what is said of it, and where its regions lie."""
        if self.drawing is None:
            return []
        file, alt = self.drawing.file, self.drawing.alt
        marks = [f"{mark.number} {mark.shape} {_lies(mark)}" for mark in self.drawing.marks]
        return [_("Picture: %(file)s") % {"file": file[:12]}, alt, *marks]


def facts_for(texts: Iterable[QuestionText]) -> dict[str, dict[str, str]]:
    """Local facts that these words name, by language and key."""
    return facts_by_language((text.language, str(text.words)) for text in texts)


def shown_in_each(standing: QuestionStanding, facts: Facts | None = None) -> list[Shown]:
    """The question as it is being written, in every language in which it has words."""
    return shown_texts(standing.current, standing.words, facts)


def shown_texts(
    version: QuestionVersion | None, texts: Mapping[str, QuestionText], facts: Facts | None = None
) -> list[Shown]:
    """The version with each of these texts; [] without a version."""
    if version is None:
        return []
    found = [shown(version, language, text.words, facts) for language, text in texts.items()]
    return [each for each in found if each]


def shown(version: QuestionVersion, language: str, words: dict[str, Any], facts: Facts | None = None) -> Shown | None:
    """The version with these words, and the facts if given filled in; None where they cannot be read together."""
    if version.kind not in KINDS:
        return None
    kind = kind_named(version.kind)
    try:
        structure, key = kind.parse(version.structure, version.answer_key)
        if facts is not None:
            words = filled(words, facts.get(language, {}))
        parsed = kind.parse_words(with_dots(words), structure, key)
    except ValueError:
        return None
    with override(language):
        review = kind.review(structure, key, parsed, kind.ids(structure), kind.blank)
    options = [ShownOption(line.text, line.right, _why(parsed, line)) for line in review.options]
    lines = [ShownLine(line.label, line.text, _feedback(parsed).get(line.id, "")) for line in review.lines]
    return Shown(
        version.kind,
        language,
        language_name(language),
        direction(language),
        parsed.stem,
        options,
        "" if options else review.right_display,
        parsed.explanation,
        [*_said(parsed), *kind.told(structure, key, parsed)],
        lines,
        review.spare,
        review.drawing,
    )


def with_dots(words: Any) -> Any:
    """The words, with dots in the place of empty ones."""
    if isinstance(words, dict):
        return {name: with_dots(said) for name, said in words.items()}
    return words or NOT_YET if isinstance(words, str) else words


def _lies(mark: Mark) -> str:
    return mark.points or f"{mark.x},{mark.y} {mark.width}×{mark.height}"


def _why(words: Any, option: Any) -> str:
    """What is said of an option; a statement has one text, for the answer that is wrong."""
    said = getattr(words, "feedback", {})
    if isinstance(said, dict):
        return str(said.get(option.id, ""))
    return "" if option.right else str(said)


def _feedback(words: Any) -> dict[str, str]:
    """What is said of parts, by their ids; {} where the kind says nothing of parts."""
    said = getattr(words, "feedback", {})
    return said if isinstance(said, dict) else {}


def _said(words: Any) -> list[tuple[str, str]]:
    labels = {"low": _("Too low:"), "high": _("Too high:")}
    said = getattr(words, "feedback", None)
    lines = ((label, getattr(said, end, None)) for end, label in labels.items())
    return [(label, text) for label, text in lines if text]
