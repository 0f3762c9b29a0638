"""Closing an account: at once nobody is signed in to it; `ERASE_DAYS` later it is erased, unless it is taken back."""

import logging
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from portal.accounts import letters
from portal.accounts.deletion import LastAdministrator, delete_account, hold_administrators, is_last_administrator
from portal.accounts.models import User

logger = logging.getLogger(__name__)


@transaction.atomic
def close(person: User) -> date:
    """The day on which the account will be erased; closing it twice keeps the first. Raises LastAdministrator."""
    hold_administrators()
    if is_last_administrator(person):
        raise LastAdministrator
    user = User.objects.select_for_update().get(pk=person.pk)
    if user.erase_on is None:
        user.erase_on = timezone.localdate() + timedelta(days=settings.ERASE_DAYS)
        user.sign_outs += 1
        user.save(update_fields=["erase_on", "sign_outs"])
        letters.send("closing", user, erase_on=user.erase_on.isoformat(), url=reverse("account_login"))
    return user.erase_on


@transaction.atomic
def take_back(person: User) -> bool:
    """Opens the account again; False where it was not closed, or is gone."""
    return bool(User.objects.filter(pk=person.pk, erase_on__isnull=False).update(erase_on=None))


def due(today: date) -> QuerySet[User]:
    """The people whose accounts are to be erased today or were to be before."""
    return User.objects.filter(erase_on__lte=today).order_by("erase_on", "pk")


def erase_due(today: date) -> int:
    """Erases them, each in a transaction; returns how many. One that fails is logged, and met again the next time."""
    return sum(_erase(pk, today) for pk in list(due(today).values_list("pk", flat=True)))


def _erase(pk: int, today: date) -> bool:
    """Whether it was done: somebody may have taken the account back, or erased it, meanwhile."""
    try:
        with transaction.atomic():
            user = due(today).select_for_update().filter(pk=pk).first()
            if user is not None:
                delete_account(user)
            return user is not None
    except Exception:
        logger.exception("an account that is due could not be erased")
        return False
