"""Who else is at the same form just now, and what was saved there since somebody began."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from lessons.models import Revision
from portal.accounts.models import User
from portal.language.formats import listing
from portal.studio.compositions import mark_of as question_mark
from portal.studio.drafts import mark_of
from portal.studio.keeping.copies import Desk
from portal.studio.languages import language_name
from portal.studio.models import WorkingCopy
from portal.studio.question_standing import QuestionStanding
from portal.studio.standing import Standing

NEAR = timedelta(seconds=60)
MOST = 8


@dataclass(frozen=True)
class Neighbour:
    """Somebody who has the same form open; `writes` where they have typed something, in these `languages`."""

    name: str
    writes: bool
    languages: str


@dataclass(frozen=True)
class Newer:
    """What is kept now is not what a form began from: `by` saved it `at`; without `by` it was published or dropped."""

    what: str
    by: str
    own: bool
    at: datetime | None


def neighbours(desk: Desk) -> list[Neighbour]:
    """Who was there within the last minute, the person of the desk aside. One query."""
    there = WorkingCopy.objects.filter(lesson=desk.lesson, place=desk.place, seen_at__gte=timezone.now() - NEAR)
    others = there.exclude(person=desk.person).select_related("person").defer("typed", "begun_from")
    return [
        Neighbour(
            str(one.person), one.saved_at is not None, listing([language_name(code) for code in one.languages.split()])
        )
        for one in others.order_by("person__display_name", "pk")[:MOST]
    ]


def newer_texts(standings: Mapping[str, Standing], marks: Mapping[str, Any], person: User) -> list[Newer]:
    """Of each language whose mark, as the field `en-id` holds it, is no longer that of what is kept."""
    moved = [
        standing
        for language, standing in standings.items()
        if (mark := marks.get(f"{language}-id")) and mark != mark_of(standing)
    ]
    return [_newer_text(standing, person) for standing in moved]


def _newer_text(standing: Standing, person: User) -> Newer:
    draft: Revision | None = standing.working
    name = language_name(standing.language)
    if draft is None or draft.author is None:
        return Newer(name, "", own=False, at=None)
    return Newer(name, str(draft.author), own=draft.author == person, at=draft.saved_at)


def newer_question(standing: QuestionStanding, mark: str, person: User) -> list[Newer]:
    """The same of a question."""
    if not mark or mark == question_mark(standing):
        return []
    rows = [row for row in (*standing.versions, *standing.texts) if row in standing.drafts]
    author = max(rows, key=lambda row: row.created_at).author if rows else None
    return [Newer("", str(author) if author else "", own=author == person, at=None)]
