"""What a person typed anywhere in the studio and has not saved, so that they find it again."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.studio.models import WorkingCopy
from portal.studio.overview import lesson_titles
from quizzes.models import Question

MOST = 30


@dataclass(frozen=True)
class UnsavedLine:
    title: str
    part: str
    url: str
    at: datetime | None


def unsaved_of(person: User, language: str) -> list[UnsavedLine]:
    """The newest first, 30 at most. Three queries at most."""
    there = WorkingCopy.objects.filter(person=person, lesson__archived_at=None).exclude(saved_at=None)
    copies = list(there.select_related("lesson").defer("typed", "begun_from").order_by("-saved_at")[:MOST])
    titles = lesson_titles([copy.lesson_id for copy in copies], language) if copies else {}
    keys = _keys(copies)
    return [
        UnsavedLine(titles.get(copy.lesson_id) or copy.lesson.key, *place, copy.saved_at)
        for copy in copies
        if (place := _place(copy, keys))
    ]


def _keys(copies: Iterable[WorkingCopy]) -> dict[str, str]:
    """The keys of questions that are still there, by the place of their form."""
    wanted = [int(found[1]) for copy in copies if (found := re.fullmatch(r"question-(\d+)", copy.place))]
    rows = Question.objects.filter(pk__in=wanted, archived_at=None).values_list("pk", "key") if wanted else ()
    return {f"question-{pk}": key for pk, key in rows}


def _place(copy: WorkingCopy, keys: dict[str, str]) -> tuple[str, str] | None:
    """What of the lesson it is, and where; None for a question that is no longer there."""
    slug = copy.lesson.slug
    if not copy.place:
        return "", reverse("studio:lesson", args=[slug])
    if copy.place.startswith("new-"):
        return _("A new question"), reverse("studio:new_question", args=[slug, copy.place.removeprefix("new-")])
    key = keys.get(copy.place)
    return (key, reverse("studio:question", args=[slug, key])) if key else None
