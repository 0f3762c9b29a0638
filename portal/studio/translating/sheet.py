"""What a translator has before them: a lesson's source and translation in rows, as it is given out and comes back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core import signing

from lessons.models import Lesson
from portal.studio.drafts import Written
from portal.studio.standing import Standing, is_stale, standings_of
from portal.studio.translating import basis
from portal.studio.translating.alignment import Fate, Row, align

SALT = "portal.studio.translating"
LINES = ("title", "summary", "objective")


@dataclass(frozen=True)
class Line:
    """One of title, summary and objective; `before` is None where it is not known what it was."""

    name: str
    source: str
    before: str | None
    words: str

    @property
    def waits(self) -> bool:
        return self.before is not None and self.before != self.source


@dataclass(frozen=True)
class Sheet:
    """`unknown`: the source has changed, and what it was is not known, so that no row can say what is new."""

    language: str
    lines: list[Line]
    rows: list[Row]
    unknown: bool = False
    source: dict[str, str] = field(default_factory=dict)

    @property
    def waiting(self) -> int:
        """How many rows are to be compared."""
        return sum(line.waits for line in self.lines) + sum(row.waits for row in self.rows)

    @property
    def untranslated(self) -> int:
        lines = sum(bool(line.source and not line.words) for line in self.lines)
        return lines + sum(bool(row.source_words and not row.words) for row in self.rows)

    @property
    def markdown(self) -> str:
        """The translation's text as it was given out."""
        return "".join(row.text for row in self.rows).strip()

    def dumps(self) -> str:
        """The sheet as the form carries it, signed."""
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    @classmethod
    def loads(cls, text: str) -> "Sheet | None":
        """The sheet that was given out; None for what this portal did not sign."""
        try:
            told = signing.loads(text, salt=SALT)
            rows = [Row(**{**row, "fate": Fate(row["fate"])}) for row in told["rows"]]
            return cls(
                told["language"], [Line(**line) for line in told["lines"]], rows, told["unknown"], told["source"]
            )
        except (signing.BadSignature, KeyError, TypeError, ValueError):
            return None


@dataclass(frozen=True)
class Pair:
    """A translation and its source as they stand."""

    ours: Standing
    theirs: Standing

    @property
    def stale(self) -> bool:
        return is_stale(self.ours, self.theirs)


def pair_of(lesson: Lesson, language: str) -> Pair:
    """One query."""
    texts = standings_of(lesson, [language, lesson.source_language])
    return Pair(texts[language], texts[lesson.source_language])


def sheet_of(pair: Pair, language: str, written: Written | None = None) -> Sheet:
    """The sheet of what is kept, or of these words of the translation instead. Three queries at most."""
    source, stale = Written.of(pair.theirs.current), pair.stale
    before = basis.before(pair.ours.current, pair.theirs.current, stale=stale)
    ours: Any = written or Written.of(pair.ours.current)
    return Sheet(
        language,
        [Line(name, getattr(source, name), _was(before, name), getattr(ours, name)) for name in LINES],
        align(source.markdown, ours.markdown, before["markdown"] if before else None),
        stale and before is None,
        asdict(source),
    )


def _was(before: Mapping[str, str] | None, name: str) -> str | None:
    return before[name] if before else None
