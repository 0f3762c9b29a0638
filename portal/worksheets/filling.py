"""Keeping what a person fills in on worksheets, in their account."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lessons.worksheets import LONGEST, Worksheet
from portal.accounts.models import User
from portal.worksheets.models import FilledWorksheet


def values_of(user: User, lesson_key: str, worksheet: str) -> dict[str, str]:
    """What the person filled in, by the keys of the lines; empty where nothing is kept. One query."""
    kept = FilledWorksheet.objects.filter(user=user, lesson_key=lesson_key, worksheet=worksheet)
    return kept.values_list("values", flat=True).first() or {}


def save(user: User, lesson_key: str, worksheet: Worksheet, typed: Mapping[str, str]) -> None:
    """Keeps what was typed on the lines that the worksheet has; a sheet emptied again is not kept at all.

    Raises ValidationError where a line is longer than it may be. What is no number on a line for one is kept: the
    sheet says so beside it. Lines that the worksheet has no longer keep what they held.
    """
    cleaned = {key: typed.get(key, "").strip() for key in worksheet.to_fill_in}
    if any(len(value) > LONGEST for value in cleaned.values()):
        raise ValidationError(_("A line holds %(number)s characters at most.") % {"number": LONGEST})
    earlier = values_of(user, lesson_key, worksheet.key)
    values = {key: value for key, value in (earlier | cleaned).items() if value}
    if values:
        FilledWorksheet.objects.update_or_create(
            user=user, lesson_key=lesson_key, worksheet=worksheet.key, defaults={"values": values}
        )
    else:
        FilledWorksheet.objects.filter(user=user, lesson_key=lesson_key, worksheet=worksheet.key).delete()


def held(user: User) -> Iterable[Mapping[str, Any]]:
    rows = FilledWorksheet.objects.filter(user=user).order_by("pk")
    return rows.values("lesson_key", "worksheet", "values", "saved_at")
