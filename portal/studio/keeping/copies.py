"""What a person types is kept on its way: their own working copy of a form, until they save it or throw it away."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from lessons.models import Lesson
from portal.accounts.models import User
from portal.studio.models import WorkingCopy

SEEN_EVERY = timedelta(seconds=20)
DAYS = 90
Fields = dict[str, list[str]]


@dataclass(frozen=True)
class Desk:
    """Where somebody writes: the lesson's own text, or the form of one question (`place`)."""

    person: User
    lesson: Lesson
    place: str = ""


@dataclass(frozen=True)
class Sheet:
    """Which page of a browser sends something, for the how manieth time, and which state of the copy it knows."""

    tab: str
    count: int = 0
    known: str = ""


class WrittenElsewhere(Exception):
    """Another page of the same person has written something that this one does not know; nothing was overwritten."""

    def __init__(self, copy: WorkingCopy) -> None:
        self.copy = copy
        super().__init__(copy.mark)


class TooLarge(Exception):
    """More than is kept of one form."""


def copy_of(desk: Desk) -> WorkingCopy | None:
    """What is not saved; None where there is nothing. One query."""
    copy = _rows(desk).first()
    return copy if copy and copy.is_unsaved else None


def last_mark(desk: Desk) -> str:
    """The state in which the copy was left, empty or not."""
    copy = _rows(desk).only("tab", "count").first()
    return str(copy.mark) if copy else ""


def _rows(desk: Desk) -> Any:
    return WorkingCopy.objects.filter(person=desk.person, lesson=desk.lesson, place=desk.place)


@transaction.atomic
def keep(desk: Desk, sheet: Sheet, typed: Fields, begun_from: dict[str, Any], languages: str = "") -> WorkingCopy:
    """Keep what is in the fields now, in place of what this page sent before; empty fields empty it.

    What comes late, after something newer from the same page, is left. Raises WrittenElsewhere or TooLarge.
    """
    if _characters(typed) + _characters(begun_from) > WorkingCopy.MOST_CHARACTERS:
        raise TooLarge
    copy = _locked(desk)
    if _is_overtaken(copy, sheet):
        return copy
    refuse_unknown(copy, sheet)
    if (copy.typed, copy.begun_from, copy.tab) == (typed, begun_from, sheet.tab):
        return _see(copy)
    copy.typed, copy.begun_from, copy.languages = typed, begun_from, languages
    return _write(copy, sheet.tab, sheet.count)


def look(desk: Desk) -> WorkingCopy:
    """Write down that the person is there; writes once in 20 seconds at most."""
    copy = _rows(desk).first()
    if copy is None:
        with transaction.atomic():
            return _locked(desk)
    return _see(copy)


def refuse_unknown(copy: WorkingCopy, sheet: Sheet) -> None:
    """Raises WrittenElsewhere where the copy holds what this page has neither written nor been given."""
    if copy.is_unsaved and copy.tab != sheet.tab and copy.mark != sheet.known:
        raise WrittenElsewhere(copy)


@transaction.atomic
def settle(desk: Desk, sheet: Sheet) -> bool:
    """Empty the copy, as its words were saved or thrown away; False where another page wrote it, which stays.

    What this page had sent before and comes only now is not taken any more.
    """
    copy = _locked(desk)
    try:
        refuse_unknown(copy, sheet)
    except WrittenElsewhere:
        return False
    copy.typed, copy.begun_from, copy.languages = {}, {}, ""
    _write(copy, sheet.tab, max(sheet.count, copy.count if copy.tab == sheet.tab else 0))
    return True


def purge(days: int = DAYS) -> int:
    """Delete copies that nobody touched for so many days, and at once the empty ones of yesterday; how many."""
    now = timezone.now()
    old = WorkingCopy.objects.filter(seen_at__lt=now - timedelta(days=days))
    empty = WorkingCopy.objects.filter(saved_at=None, seen_at__lt=now - timedelta(days=1))
    return old.delete()[0] + empty.delete()[0]


def _locked(desk: Desk) -> WorkingCopy:
    """The row of the desk, made where there is none; two at once find one."""
    if copy := _rows(desk).select_for_update().first():
        return copy
    new = WorkingCopy(person=desk.person, lesson=desk.lesson, place=desk.place, seen_at=timezone.now())
    WorkingCopy.objects.bulk_create([new], ignore_conflicts=True)
    return _rows(desk).select_for_update().get()


def _is_overtaken(copy: WorkingCopy, sheet: Sheet) -> bool:
    return copy.tab == sheet.tab and sheet.count <= copy.count


def _see(copy: WorkingCopy) -> WorkingCopy:
    now = timezone.now()
    if now - copy.seen_at >= SEEN_EVERY:
        copy.seen_at = now
        copy.save(update_fields=["seen_at"])
    return copy


def _write(copy: WorkingCopy, tab: str, count: int) -> WorkingCopy:
    copy.tab, copy.count = tab, count
    copy.seen_at = timezone.now()
    copy.saved_at = copy.seen_at if copy.is_unsaved else None
    copy.save()
    return copy


def _characters(kept: Any) -> int:
    if isinstance(kept, dict):
        return sum(len(name) + _characters(said) for name, said in kept.items())
    return sum(map(_characters, kept)) if isinstance(kept, list) else len(kept)
