"""`lesson.yaml`, `variant.yaml`, and the head of each `lesson.<language>.md`."""

from typing import Annotated

from pydantic import Field, StringConstraints

from portal.exchange.schemas.parts import Citation, Key, Language, Line, Minutes, Part, Percent, Slug, Text, TextReview


class Figure(Part):
    """A picture of the lesson; `focus` is the point that stays in sight where it is cropped, from left and from top."""

    focus: tuple[Percent, Percent] | None = None


class Spoken(Part):
    """The recorded voice in one language: who reads, and whether the words changed since."""

    by: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)] | None = None
    words_changed: bool = False


class LessonFile(Part):
    key: Key
    slug: Slug
    minutes: Minutes
    topics: list[Key] = []
    skills: list[Key] = []
    source_language: Language
    sources: Annotated[list[Citation], Field(min_length=1)]
    figures: dict[str, Figure] = {}
    narration: dict[Language, Spoken] = {}
    review: TextReview = TextReview()


class VariantFile(Part):
    """What is a variant's own beside its words; everything else is the lesson's."""

    sources: Annotated[list[Citation], Field(min_length=1)]
    figures: dict[str, Figure] = {}
    narration: dict[Language, Spoken] = {}
    review: TextReview = TextReview()


class LessonHead(Part):
    title: Line
    summary: Text
    objective: Text
