"""What an administrator does for somebody who lost the device with their second factor."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from portal.accounts import letters, sessions
from portal.accounts.audit import record
from portal.accounts.models import User


@transaction.atomic
def remove_factors(request: HttpRequest, person: User, only: Authenticator | None = None) -> int:
    """Takes the factors of the person away, or one; how many they were.

    Recovery codes go with the last factor they stand in for. Whoever found the device is logged out with everybody
    else, and the person is told by letter.
    """
    factors = Authenticator.objects.filter(user=person)
    gone = list(factors.filter(pk=only.pk) if only else factors)
    left = factors.exclude(pk__in=[factor.pk for factor in gone]).exclude(type=Authenticator.Type.RECOVERY_CODES)
    if not left.exists():
        gone = list(factors)
    if not gone:
        return 0
    for factor in gone:
        record(request, "second_factor.removed", person.pk, type=factor.type)
    factors.filter(pk__in=[factor.pk for factor in gone]).delete()
    sessions.end(sessions.rows_of(person))
    change = {"deed": "second_factor.removed", "what": ""}
    letters.send("way_in", person, change=change, url=reverse("mfa_index"))
    return len(gone)
