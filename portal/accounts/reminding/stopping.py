"""Reminders that a person does not want: one click in the letter, or a button in the account."""

from typing import Any

from django.utils.translation import gettext as _

from portal.accounts.models import RemindersStopped, User


def named(user: User, object_id: int) -> Any:
    """What still comes to them, None where it comes no longer."""
    return _("Reminders of courses that your organisations assigned") if wants(user) else None


def stop(user: User, object_id: int = 0) -> None:
    RemindersStopped.objects.get_or_create(user=user)


def want_again(user: User) -> None:
    RemindersStopped.objects.filter(user=user).delete()


def wants(user: User) -> bool:
    return not RemindersStopped.objects.filter(user=user).exists()
