"""`course.yaml`: the course with its modules."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from lessons.models.courses import MOST_DUE_DAYS
from portal.exchange.schemas.lesson import Figure
from portal.exchange.schemas.parts import Authority, Key, Language, Line, LongLine, Minutes, Part, Slug, Text


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


class CoverPart(Figure):
    """The picture beside the title of the course, a file in its folder."""

    file: Literal["cover.webp", "cover.svg"]


class CourseFile(Part):
    format: Literal[1]
    key: Key
    authority: Authority = "starter"
    edition: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    slug: Slug
    position: Annotated[int, Field(ge=0)] = 0
    topics: list[Key] = []
    take_first: list[Key] = []
    due_days: Annotated[int, Field(ge=1, le=MOST_DUE_DAYS)] | None = None
    minutes: Minutes
    valid_months: Annotated[int, Field(ge=1, le=1200)] | None = None
    source_language: Language
    texts: dict[Language, CourseWords]
    sources: list[Key] = []
    cover: CoverPart | None = None
    modules: Annotated[list[ModulePart], Field(min_length=1)]
