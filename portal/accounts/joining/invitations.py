"""Invitations to an organisation: a link, and a code to be read out, both good until a day and for some people."""

import secrets
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from portal.accounts.models import Invitation, Membership, User
from portal.accounts.periods import as_of

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without those that are taken for one another when they are read out or written down: 0 and O, 1, I and L."""
LENGTH = 8
MOST_OPEN = 20
"""How many invitations of an organisation hold at once."""


class NoLonger(Exception):
    """The invitation has expired, was withdrawn, or as many have joined as it is for."""


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read_out(code: str) -> str:
    """A code in two halves, as it is shown."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def typed_code(text: str) -> str:
    """What somebody typed, as codes are kept: whatever its case, blanks and hyphens."""
    return "".join(letter for letter in text.upper() if letter.isalnum())


def holding(today: date) -> Q:
    """The invitations by which somebody could join on the day."""
    some_left = Q(most__isnull=True) | Q(joined__lt=F("most"))
    return Q(withdrawn_at__isnull=True, expires_on__gt=today) & some_left


def invitation_by_link(token: str, today: date) -> Invitation | None:
    """The one with this token, if it still holds. Nobody guesses one."""
    return _held(today, Q(token=token.replace("\x00", "")))


def invitation_by_code(code: str, today: date) -> Invitation | None:
    """The one with this code, however it was typed, if it still holds. Whoever asks has to mind how often."""
    return _held(today, Q(code=typed_code(code)))


def _held(today: date, wanted: Q) -> Invitation | None:
    return Invitation.objects.filter(wanted, holding(today)).select_related("organisation").first()


def invitations_to(organisation_id: int, today: date) -> QuerySet[Invitation]:
    """Those that still hold, the newest first."""
    return Invitation.objects.filter(holding(today), organisation=organisation_id).order_by("-made_at", "-pk")


def invite(organisation_id: int, by: User, expires_on: date, most: int | None) -> Invitation:
    told = {"organisation_id": organisation_id, "made_by": by, "expires_on": expires_on, "most": most}
    for _attempt in range(5):  # two codes alike are less likely than a prize, but they happen
        try:
            with transaction.atomic():
                return Invitation.objects.create(code=new_code(), **told)
        except IntegrityError:
            continue
    raise RuntimeError("no code is free")


def withdraw(invitation: Invitation) -> None:
    """Nobody joins by it any more; who has joined stays a member."""
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])


def is_member(user: User, organisation_id: int) -> bool:
    return Membership.objects.filter(user=user, organisation=organisation_id, to_day=None).exists()


@transaction.atomic
def join_by(invitation: Invitation, user: User, today: date) -> bool:
    """Makes the person a member from today; False where they are one already. Raises NoLonger."""
    if is_member(user, invitation.organisation_id):
        return False
    counted = Invitation.objects.filter(holding(today), pk=invitation.pk).update(joined=F("joined") + 1)
    if not counted:
        raise NoLonger
    return join(user, invitation.organisation_id, today)


def join(user: User, organisation_id: int, today: date) -> bool:
    """Makes the person a member from today; False where they are one already."""
    try:
        with transaction.atomic():
            Membership.objects.create(user=user, organisation_id=organisation_id, from_day=today)
    except IntegrityError:
        return False
    return True


def leave(user: User, membership_id: int, today: date) -> Membership | None:
    """Ends a current membership of the person's own from today; None where there is none."""
    rows = Membership.objects.select_for_update().filter(as_of(today), user=user, to_day=None)
    with transaction.atomic():
        row = rows.filter(pk=membership_id).first()
        if row:
            row.to_day = today
            row.save(update_fields=["to_day"])
    return row
