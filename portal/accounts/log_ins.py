"""What the audit log says of log-ins, and what a person is written when a way into their account has changed.

Log-ins and log-outs are written down of those who work in the portal: of a citizen the portal keeps as little as it
can. What failed is written down of everybody, a few times an hour, without what was typed.
"""

from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.internal import ratelimit
from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse

from portal.accounts import letters
from portal.accounts.audit import record
from portal.accounts.devices import device_named
from portal.accounts.models import User
from portal.accounts.second_factor import is_of_staff

ROWS = {"failed": "60/h/ip,5/h/key"}
LETTERS = {"totp": "app", "webauthn": "passkey", "recovery_codes": "codes"}


def logged_in(request: HttpRequest, user: User) -> None:
    if is_of_staff(user):
        record(request, "log_in.done", user.pk, ways=_ways(request, user))


def logged_out(request: HttpRequest) -> None:
    if request.user.is_authenticated and is_of_staff(request.user):
        record(request, "log_in.ended", request.user.pk)


def failed(request: HttpRequest, user: User | None, way: str) -> None:
    """A wrong password, code or passkey. `user` is whose account it was tried on, None when there is none."""
    key = str(user.pk) if user else "nobody"
    if ratelimit.consume(request, app="portal", action="failed", config=ROWS, key=key):
        record(request, "log_in.failed", user.pk if user else "", way=way)


def changed(request: HttpRequest | None, user: User, deed: str, what: str) -> None:
    """A way into the account has changed: the log keeps it, and the person is told by letter."""
    record(request, deed, user.pk, type=what)
    device = device_named(request.headers.get("User-Agent", "")) if request else ""
    letters.send("way_in", user, change={"deed": deed, "what": what}, device=device, url=reverse("mfa_index"))


def _ways(request: HttpRequest, user: User) -> list[str]:
    """How the person has shown who they are: password, code, totp, webauthn…"""
    return [str(one.get("type") or one["method"]) for one in get_authentication_records(request, user)]


def connect() -> None:
    """allauth tells of changes by signals only."""
    for signal, deed in (
        (factors.authenticator_added, "second_factor.added"),
        (factors.authenticator_removed, "second_factor.given_up"),
        (factors.authenticator_reset, "second_factor.renewed"),
    ):
        signal.connect(_hears_of_factor(deed), dispatch_uid=f"audit {deed}", weak=False)
    for signal in (account.password_set, account.password_changed, account.password_reset):
        signal.connect(_password_changed, dispatch_uid="audit password")
    factors.authentication_failed.connect(_factor_failed, dispatch_uid="audit failed factor")


def _hears_of_factor(deed: str) -> Any:
    def hear(request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
        if authenticator.type != Authenticator.Type.RECOVERY_CODES or deed == "second_factor.renewed":
            changed(request, user, deed, LETTERS[authenticator.type])

    return hear


def _password_changed(request: HttpRequest, user: User, **_more: Any) -> None:
    changed(request, user, "password.changed", "password")


def _factor_failed(request: HttpRequest, user: User, authenticator: Any = None, **_more: Any) -> None:
    failed(request, user, str(getattr(authenticator, "type", "") or "second factor"))
