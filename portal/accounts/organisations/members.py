"""Who belongs to an organisation: adding people who have an account, ending a membership."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from portal.accounts.models import Membership, User

AT_ONCE = 200
BETWEEN = re.compile(r"[\n\r,;؛،]+")
NAMED = re.compile(r"<([^<>]*)>\s*$")  # as an e-mail programme copies it: Salma Haddad <salma@example.org>


@dataclass(frozen=True)
class Fault:
    """What was typed, and why nobody was added for it."""

    typed: str
    reason: str


@dataclass
class Added:
    """`members` are new; `already` were members before; each of `faults` is to be mended and sent again."""

    members: list[User] = field(default_factory=list)
    already: list[User] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def typed_addresses(text: str) -> Iterator[tuple[str, str]]:
    """(what was typed, the address in it) for each entry, whether in lines or between commas; each address once."""
    seen = set()
    for entry in (part.strip() for part in BETWEEN.split(text)):
        named = NAMED.search(entry)
        address = (named[1] if named else entry).strip().lower()
        if entry and address not in seen:
            seen.add(address)
            yield entry, address


@transaction.atomic
def add_members(organisation_id: int, text: str, today: date) -> Added:
    """Makes everybody a member from today whose address is known; says of the others why not."""
    typed = list(typed_addresses(text))
    addresses = [address for _entry, address in typed]
    people = {
        str(user.address): user for user in User.objects.annotate(address=Lower("email")).filter(address__in=addresses)
    }
    current = Membership.objects.filter(organisation=organisation_id, to_day=None, user__in=people.values())
    members = set(current.values_list("user", flat=True))
    added = Added()
    for entry, address in typed:
        user = people.get(address)
        reason = _why_not(address, user)
        if user is None or reason:
            added.faults.append(Fault(entry, reason))
        elif user.pk in members:
            added.already.append(user)
        else:
            added.members.append(user)
    rows = [Membership(user=user, organisation_id=organisation_id, from_day=today) for user in added.members]
    Membership.objects.bulk_create(rows)
    return added


def _why_not(address: str, user: User | None) -> str:
    """Why this entry adds nobody, and what to do; empty if it does."""
    try:
        validate_email(address)
    except ValidationError:
        return _("This is not an e-mail address. Look for a missing @ or a blank.")
    if user is None:
        return _("Nobody has an account with this address yet. Ask this person to sign up, then add them.")
    if not user.is_active or user.is_closed:
        return _("This account has been closed.")
    return ""


def end_membership(membership: Membership, on: date) -> None:
    """The membership holds until the day before `on`; what was learned, and that there was a membership, stays."""
    membership.to_day = on
    membership.save(update_fields=["to_day"])
