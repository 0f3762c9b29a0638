"""Deleting a person: who they were and what they answered goes; a learner without a name stays, so that counts do."""

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from portal.accounts import letters
from portal.accounts.audit import record
from portal.accounts.models import AuditEntry, RoleGrant, User
from portal.accounts.past_places import keep_places
from portal.accounts.periods import as_of
from quizzes.erasing import erase_learner
from quizzes.models import Learner


class LastAdministrator(Exception):
    """Nobody else could open the administration any more."""


def is_last_administrator(user: User) -> bool:
    administrators = _administrators()
    return administrators.filter(pk=user.pk).exists() and not administrators.exclude(pk=user.pk).exists()


def hold_administrators() -> None:
    """Until the transaction ends nobody else closes or deletes an account that may be the last of them."""
    list(User.objects.select_for_update().filter(is_superuser=True).order_by("pk").values("pk"))


@transaction.atomic
def delete_account(user: User) -> None:
    """Cannot be undone; `closing.close` leaves time to. Raises LastAdministrator.

    What they wrote for lessons stays, without their name.
    """
    hold_administrators()
    if is_last_administrator(user):
        raise LastAdministrator
    address, language = user.email, user.language
    keep_places(user, timezone.localdate())
    for learner in Learner.objects.filter(user=user):
        erase_learner(learner)
    AuditEntry.objects.filter(actor=user).update(actor=None, address=None)
    AuditEntry.objects.filter(deed="log_in.failed", subject=str(user.pk)).update(address=None)
    _forget_in_administration(user)
    user.delete()
    record(None, "account.deleted")
    if address:
        letters.send("deleted", address, language)


def _forget_in_administration(user: User) -> None:
    """What the administration wrote down of them by name or address."""
    of_person = Q(content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk))
    addresses = [str(pk) for pk in EmailAddress.objects.filter(user=user).values_list("pk", flat=True)]
    of_addresses = Q(content_type=ContentType.objects.get_for_model(EmailAddress), object_id__in=addresses)
    LogEntry.objects.filter(of_person | of_addresses).delete()


def _administrators() -> models.QuerySet[User]:
    """Those who are let into the administration whole: superusers, and administrators of the nation."""
    grants = RoleGrant.objects.filter(
        as_of(timezone.localdate()), role=RoleGrant.Role.ADMINISTRATOR, organisation=None, region=None
    )
    administers = Q(is_superuser=True) | Q(is_staff=True, pk__in=grants.values("user"))
    return User.objects.filter(administers, is_active=True, erase_on=None)
