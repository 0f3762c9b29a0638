"""What one reading has to publish, and how a draft is found that an earlier reading left."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from lessons.models import RELEASED, CourseEdition, Revision, State
from quizzes.models import QuestionText, QuestionVersion

LIVE_OR_OURS = Q(state__in=RELEASED) | Q(state=State.DRAFT, author=None)
"""What is published or in reserve, and the drafts without an author, which packages made: never an instructor's."""


@dataclass
class Drafts:
    """Drafts made or found, and the file of the package that each one came from."""

    revisions: list[Revision] = field(default_factory=list)
    versions: list[QuestionVersion] = field(default_factory=list)
    texts: list[QuestionText] = field(default_factory=list)
    editions: list[CourseEdition] = field(default_factory=list)
    files: dict[tuple[type[Any], int], str] = field(default_factory=dict)

    def add(self, draft: Any, file: str) -> None:
        lists: dict[type[Any], list[Any]] = {
            Revision: self.revisions,
            QuestionVersion: self.versions,
            QuestionText: self.texts,
            CourseEdition: self.editions,
        }
        lists[type(draft)].append(draft)
        self.files[type(draft), draft.pk] = file

    def file_of(self, draft: Any) -> str | None:
        return self.files.get((type(draft), draft.pk))

    def __bool__(self) -> bool:
        return bool(self.files)


def same_as(candidates: Iterable[Any], matches: Callable[[Any], bool]) -> Any | None:
    """What is published, or else a draft newer than it, if it says the same as the package; None otherwise."""
    found = sorted(candidates, key=lambda row: -row.number)
    published = next((row for row in found if row.state in RELEASED), None)
    if published is not None and matches(published):
        return published
    newest = published.number if published else 0
    return next((row for row in found if row.state == State.DRAFT and row.number > newest and matches(row)), None)
