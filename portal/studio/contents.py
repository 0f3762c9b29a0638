"""Everything that a release holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from lessons.models import CourseEdition, LocalFactValue, Revision
from portal.studio.models import Release
from quizzes.models import QuestionText, QuestionVersion


@dataclass(frozen=True)
class Contents:
    """Everything in a release, each list in the order in which it is locked."""

    facts: list[LocalFactValue]
    revisions: list[Revision]
    texts: list[QuestionText]
    versions: list[QuestionVersion]
    editions: list[CourseEdition]

    @classmethod
    def of(cls, release: Release) -> "Contents":
        return cls(
            list(release.facts.select_related("fact").order_by("fact_id", "pk")),
            list(release.revisions.select_related("text__lesson").order_by("text_id", "pk")),
            list(release.texts.select_related("version__question").order_by("version_id", "pk")),
            list(release.versions.select_related("question").order_by("question_id", "pk")),
            list(release.editions.select_related("course").order_by("course_id", "pk")),
        )

    def __iter__(self) -> Iterator[Any]:
        yield from (*self.facts, *self.revisions, *self.texts, *self.versions, *self.editions)


def parts(release: Release) -> tuple[models.QuerySet[Any], ...]:
    """The drafts of a release, one queryset a sort."""
    return tuple(getattr(release, name).all() for name in ("facts", "revisions", "texts", "versions", "editions"))
