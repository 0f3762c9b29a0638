"""Taking a lesson out of public view with a word of why, and bringing it back.

Its released texts go out of view as a state, so search, sitemap, catalogue and check follow without being told; finals
draw no question of a lesson that is wholly out of view. Sittings under way go on. A course waits for such a lesson:
nothing that was earned is taken away, and nobody completes the course without it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from lessons import stamp
from lessons.models import RELEASED, Lesson, LessonText, Placement, Revision, State, Suspension, SuspensionText
from lessons.profiles import in_force, shown_under
from lessons.search.indexing import lessons_changed
from lessons.words import preferring


class NothingToSuspend(Exception):
    """Readers have no text of it, so there is nothing to take out of view."""


@dataclass(frozen=True)
class Notice:
    """What readers are told who come to the address of a lesson that is out of view."""

    title: str
    reason: str
    since: datetime


def open_suspensions(lesson: Lesson) -> QuerySet[Suspension]:
    return Suspension.objects.filter(lesson=lesson, ended_at=None)


@transaction.atomic
def suspend(lesson: Lesson, language: str, reasons: Mapping[str, str], by: Any, now: datetime) -> Suspension:
    """Take all languages (`language` empty) or one out of view; `reasons` by language. Raises NothingToSuspend."""
    _lock(lesson)
    standing = _texts(lesson, language).filter(state__in=RELEASED).exclude(state=State.SUSPENDED)
    if not standing.exists():
        raise NothingToSuspend(_("Readers have no text of this now, so there is nothing to take out of view."))
    open_suspensions(lesson).filter(Q(language=language) if language else Q()).update(ended_at=now, ended_by=by)
    standing.update(state=State.SUSPENDED)
    made = Suspension.objects.create(lesson=lesson, language=language, since=now, by=by)
    SuspensionText.objects.bulk_create(
        SuspensionText(suspension=made, language=code, reason=reason) for code, reason in reasons.items() if reason
    )
    _told(lesson)
    return made


@transaction.atomic
def resume(suspension: Suspension, by: Any, now: datetime) -> bool:
    """Bring back what it took out of view and nothing has replaced; False where it had ended already."""
    lesson = suspension.lesson
    _lock(lesson)
    if not open_suspensions(lesson).filter(pk=suspension.pk).update(ended_at=now, ended_by=by):
        return False
    profile = in_force(held=True)
    waiting = _texts(lesson, suspension.language).filter(state=State.SUSPENDED)
    waiting.exclude(shown_under(profile)).update(state=State.RESERVE)
    # A text for all has had its day where one for a profile that has come into force meanwhile takes its place.
    replaced = waiting.filter(profile=profile).values_list("text", flat=True)
    waiting.filter(profile="", text__in=list(replaced)).update(state=State.SUPERSEDED, superseded_at=now)
    waiting.update(state=State.PUBLISHED)
    _told(lesson)
    return True


def end_where_replaced(lessons: set[int], now: datetime) -> None:
    """Close what nothing is out of view for any longer, because newer texts went out; whoever publishes says when."""
    hidden = Revision.objects.filter(state=State.SUSPENDED, text__lesson=OuterRef("lesson"))
    of_language = hidden.filter(text__language=OuterRef("language"))
    still = Q(Exists(hidden), language="") | Q(Exists(of_language))
    Suspension.objects.filter(lesson__in=lessons, ended_at=None).exclude(still).update(ended_at=now)


def wholly_out_of_view() -> QuerySet[Lesson]:
    """Lessons of which readers have no text in any language, because it was taken out of view."""
    published = Revision.objects.filter(state=State.PUBLISHED, text__lesson=OuterRef("pk"))
    return Lesson.objects.filter(~Exists(published), suspensions__ended_at=None, suspensions__isnull=False)


def is_out_of_view(course: str, lesson: str) -> bool:
    """Whether readers who come to this address get the reason, and no text. One query."""
    return wholly_out_of_view().filter(slug=lesson, placements__edition__course__slug=course).exists()


def notice_at(course: str, lesson: str, language: str) -> Notice | None:
    """For the address of a lesson that has no text for readers of the language: why not. Two queries at most."""
    placed = Placement.objects.filter(
        edition__state=State.PUBLISHED, edition__course__archived_at=None, lesson__archived_at=None
    )
    here = placed.filter(edition__course__slug=course, lesson=OuterRef("lesson"))
    found = Suspension.objects.filter(Exists(here), lesson__slug=lesson, ended_at=None)
    return _notice(found, language)


def notice_of(lesson: int, language: str) -> Notice | None:
    """Why readers of this language do not get its own text of the lesson; None where they do."""
    return _notice(Suspension.objects.filter(lesson=lesson, language__in=["", language], ended_at=None), language)


def _notice(found: QuerySet[Suspension], language: str) -> Notice | None:
    suspension = found.order_by("-since").first()
    if suspension is None:
        return None
    titles = Revision.objects.filter(text__lesson=suspension.lesson_id, state=State.SUSPENDED)
    title = titles.order_by(preferring(language, "text__language"), "pk").values_list("title", flat=True).first()
    reason = suspension.texts.order_by(preferring(language), "pk").values_list("reason", flat=True).first()
    return Notice(title or suspension.lesson.key, reason or "", suspension.since)


def _texts(lesson: Lesson, language: str) -> QuerySet[Revision]:
    mine = Revision.objects.filter(text__lesson=lesson)
    return mine.filter(text__language=language) if language else mine


def _lock(lesson: Lesson) -> None:
    list(Revision.objects.filter(text__lesson=lesson, state__in=RELEASED).order_by("text_id", "pk").select_for_update())
    list(LessonText.objects.filter(lesson=lesson).order_by("pk").select_for_update())


def _told(lesson: Lesson) -> None:
    lessons_changed([lesson.pk])
    stamp.touch()
