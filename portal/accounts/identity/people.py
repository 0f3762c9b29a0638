"""Who a believed token is about here: somebody known by it, somebody whose address it names, or somebody new."""

import time
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import get_language

from portal.accounts import log_ins
from portal.accounts.entrance import owner_of
from portal.accounts.models import ExternalIdentity, User

WAITING = "identity_waiting"
HOLDS = 10 * 60  # seconds to prove whose account it is


@dataclass(frozen=True)
class Shown:
    """What a token shows: who the provider says it is, and the address it answers for, if any."""

    issuer: str
    subject: str
    email: str

    @classmethod
    def by(cls, claims: dict[str, Any]) -> "Shown":
        """An address that the provider has not verified is no address."""
        email = str(claims.get("email") or "").lower() if claims.get("email_verified") is True else ""
        return cls(claims["iss"], claims["sub"], email if _is_address(email) else "")


def known_by(shown: Shown) -> User | None:
    identity = ExternalIdentity.objects.filter(issuer=shown.issuer, subject=shown.subject).select_related("user")
    return next((row.user for row in identity), None)


def made_for(shown: Shown) -> User:
    """A new account, known by the identity and by its address; the same log-in sent twice makes one."""
    try:
        with transaction.atomic():
            user = User.objects.create_user(shown.email or None, language=get_language() or "ar")
            if shown.email:
                EmailAddress.objects.create(user=user, email=shown.email, verified=True, primary=True)
            ExternalIdentity.objects.create(user=user, issuer=shown.issuer, subject=shown.subject)
    except IntegrityError:
        user = known_by(shown) or User.objects.none().get()
    return user


def link(request: HttpRequest, user: User, shown: Shown) -> bool:
    """The identity opens this account from now on; False when it opens another one."""
    row, is_new = ExternalIdentity.objects.get_or_create(
        issuer=shown.issuer, subject=shown.subject, defaults={"user": user}
    )
    if is_new:
        log_ins.changed(request, user, "identity.linked", "identity")
    return row.user_id == user.pk


def wait_for_proof(request: HttpRequest, shown: Shown) -> User | None:
    """The owner of the address in the token, who must first log in as before; None when nobody has it."""
    owner = owner_of(shown.email) if shown.email else None
    if owner:
        said = {"issuer": shown.issuer, "subject": shown.subject, "email": shown.email}
        request.session[WAITING] = {"shown": said, "owner": owner.pk, "at": time.time()}
    return owner


def take_up(request: HttpRequest, user: User) -> None:
    """Called at every log-in: the identity that this browser has just shown is linked to the account it waited for."""
    waiting = request.session.pop(WAITING, None)
    if waiting and waiting["owner"] == user.pk and time.time() - waiting["at"] < HOLDS:
        link(request, user, Shown(**waiting["shown"]))


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return len(email) <= 254
