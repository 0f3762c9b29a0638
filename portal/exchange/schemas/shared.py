"""The files of `shared/`: topics, skills, sources, local facts and terms."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, field_serializer, model_validator

from lessons.first_minute import check_agreement, check_count, check_line
from lessons.models import PROFILE_FACT, CallWhen
from lessons.profiles import DEFAULT
from portal.exchange.schemas.parts import (
    Authority,
    Citation,
    Key,
    Language,
    Line,
    LongLine,
    Part,
    Review,
    Row,
    Slug,
    SmallKey,
    Text,
    plainly,
)

CardLine = Annotated[Line, plainly(check_line)]


class TopicWords(Part):
    """`first_minute` is the card; it is stored one line a line."""

    name: Annotated[Line, Field(max_length=120)]
    summary: str = ""
    first_minute: Annotated[list[CardLine], plainly(check_count)] = []

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
    texts: Annotated[dict[Language, TopicWords], plainly(_same_length)]


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
    superseded_by: Key | None = None

    @model_validator(mode="after")
    def _is_not_its_own(self) -> "SourceRow":
        if self.superseded_by == self.key:
            raise ValueError("`superseded_by` names the newer work, not this one")
        return self


class FactWords(Part):
    label: Line
    default: Text


class FactRow(Row):
    key: SmallKey
    kind: Literal["text", "phone", "number", "choice"]
    texts: dict[Language, FactWords]

    @model_validator(mode="after")
    def _choice_is_known(self) -> "FactRow":
        if (self.kind == "choice") != (self.key == PROFILE_FACT):
            raise ValueError(f"`choice` is the kind of `{PROFILE_FACT}`, and of nothing else")
        if self.kind == "choice" and any(words.default != DEFAULT for words in self.texts.values()):
            raise ValueError(f"its `default` is `{DEFAULT}` in every language: what stands beside `variants` is that")
        return self


class TermWords(Part):
    term: Annotated[Line, Field(max_length=120)]
    definition: Text
    marked: bool = True


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
