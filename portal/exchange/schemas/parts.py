"""What every file of a package is made of: keys, lines, shares and moments, and the base of all its parts."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

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


def plainly(check: Callable[[Any], object]) -> AfterValidator:
    """A rule of the portal's own, in the form in which a schema refuses."""

    def checked(value: Any) -> Any:
        try:
            check(value)
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from None
        return value

    return AfterValidator(checked)


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class Row(Part):
    """A row of a shared file; the same key may stand in another file if the row is the same there."""

    key: Key


def _by_language(given: Any) -> Any:
    """A note that is one text is in no language of its own."""
    return ({"": given} if given.strip() else {}) if isinstance(given, str) else given


Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
# Of a note that is one text the language is empty.
NoteLanguage = Annotated[str, StringConstraints(pattern=f"^$|{LANGUAGE}", max_length=12)]


class Citation(Part):
    """`note` is what is taken from the work: one text in the language of the source, or one for each language."""

    key: Key
    note: Annotated[dict[NoteLanguage, Note], BeforeValidator(_by_language)] = {}

    def note_in(self, language: str, source_language: str) -> tuple[str, str]:
        """The note for readers of a language, and its language: that one, or else the source language, or another."""
        notes = {name or source_language: note for name, note in self.note.items()}
        for name in (language, source_language, *notes):
            if name in notes:
                return notes[name], name
        return "", ""

    def notes(self, source_language: str) -> dict[str, str]:
        """Every note by its language; an empty one, of none, where nothing is said."""
        return {name or source_language: note for name, note in self.note.items()} or {"": ""}


class Review(Part):
    """`by` and `at` stay empty until an expert has signed."""

    by: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] | None = None
    at: date | None = None
    due: date | None = None


class TextReview(Review):
    """Of a lesson's text: `title` is the profession of who signed, as readers are told it."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] | None = None
