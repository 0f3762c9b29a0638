"""Going in with a code from an e-mail or a text message. Whether an address has an account shows on no page: the code
goes out to every address, and the account of a new one is made when its code comes back.
"""

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import EmailAddress, Login
from allauth.account.utils import get_next_redirect_url
from allauth.core.internal import ratelimit
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac
from django.utils.translation import get_language

from portal.accounts import letters, sms
from portal.accounts.models import User

KEY = "entrance"
HOLDS = 10 * 60  # seconds
GUESSES = 5
RESENDS = 3
WAIT = 30  # seconds until another code may be asked for


class SentCode(AbstractCodeVerificationProcess):
    """A code on its way to an address; its digest is kept in the session of the browser that asked for it."""

    def __init__(self, request: HttpRequest, state: dict[str, Any], key: str) -> None:
        super().__init__(max_attempts=GUESSES, timeout=HOLDS, state=state)
        self.request, self.key = request, key

    @classmethod
    def begin(cls, request: HttpRequest, address: str, key: str, **more: Any) -> "SentCode":
        """Sends a code; raises ValidationError when this address has had too many, or cannot be written to now."""
        process = cls(request, cls.initial_state(user=None, email=address) | more, key)
        process.send()
        return process

    @classmethod
    def pending(cls, request: HttpRequest, key: str) -> "SentCode | None":
        """The code that this browser waits for, also one that is too old (`is_valid` says so)."""
        state = request.session.get(key)
        return cls(request, state, key) if state else None

    @property
    def address(self) -> str:
        """Where the code went: an e-mail address or a telephone number."""
        return str(self.state["email"])

    @property
    def wait(self) -> int:
        """Seconds until another code may be asked for."""
        return max(0, round(self.state["at"] + WAIT - time.time()))

    @property
    def can_resend(self) -> bool:
        return not self.is_resend_quota_reached(RESENDS)

    def send(self) -> None:
        if not self._may_send():
            raise get_adapter().validation_error("rate_limited")
        code = get_random_string(6, "0123456789")
        owner = owner_of(self.address)
        language = (owner.language if owner else get_language()) or settings.LANGUAGE_CODE
        said = {
            "code": code,
            "minutes": HOLDS // 60,
            "is_new": owner is None,
            "deletes": bool(self.state.get("deletes")),
        }
        by = sms.send_now if sms.is_number(self.address) else letters.send_now
        if not by("code", self.address, language, **said):
            raise get_adapter().validation_error("not_sent")
        self.state |= {"digest": self._digest(code), "at": time.time()}
        self.persist()

    def _may_send(self) -> bool:
        if sms.is_number(self.address):
            return sms.is_offered() and sms.may_send(self.request, self.address)
        limit = {"app": "allauth.account", "action": "request_login_code", "key": self.address.lower()}
        return bool(ratelimit.consume(self.request, **limit))

    def resend(self) -> None:
        self.send()
        self.record_resend()
        self.persist()

    def accepts(self, code: str) -> bool:
        """Whether this is the code; a wrong one counts, and after the last the code is dead (`is_over`)."""
        if constant_time_compare(self._digest(code), self.state["digest"]):
            return True
        self.record_invalid_attempt()
        return False

    def is_over(self) -> bool:
        """Whether the code is too old or was guessed at too often."""
        return not self.is_valid() or self.state["failed_attempts"] >= self.max_attempts

    def persist(self) -> None:
        self.request.session[self.key] = self.state

    def abort(self) -> None:
        self.request.session.pop(self.key, None)

    def _digest(self, code: str) -> str:
        return salted_hmac(f"{self.key} {self.address}", code).hexdigest()


def ask(request: HttpRequest, address: str) -> HttpResponse:
    """Sends a code and leads to the page for it; raises ValidationError when none can be sent."""
    SentCode.begin(request, address, KEY, next=get_next_redirect_url(request))
    return redirect("account_confirm_login_code")


def owner_of(address: str) -> User | None:
    """Whose address this is: a number, or an e-mail address that is confirmed or the one the account is known by."""
    if sms.is_number(address):
        return User.objects.filter(phone=address).first()
    known = EmailAddress.objects.filter(email=address.lower(), verified=True).select_related("user").first()
    return known.user if known else User.objects.filter(email__iexact=address).first()


def enter(request: HttpRequest, address: str, redirect_url: str | None) -> tuple[HttpResponse, bool]:
    """Logs in whose address it is, whom a second factor may still stop; (the way on, whether the account is new)."""
    user, is_new = _account(address)
    email = None if sms.is_number(address) else address
    record_authentication(request, user, method="code", email=email, reauthenticated=True)
    return perform_login(request, Login(user=user, redirect_url=redirect_url, email=email, signup=is_new)), is_new


def _account(address: str) -> tuple[User, bool]:
    user = owner_of(address)
    is_new = user is None
    if user is None:
        user, is_new = _new_account(address)
    if not sms.is_number(address):
        _confirm(user, address.lower())
    return user, is_new


def _confirm(user: User, email: str) -> None:
    """Whoever typed the code reads the mail of this address."""
    is_first = not EmailAddress.objects.filter(user=user, primary=True).exists()
    EmailAddress.objects.update_or_create(
        user=user,
        email=email,
        defaults={"verified": True},
        create_defaults={"verified": True, "primary": is_first},
    )


def _new_account(address: str) -> tuple[User, bool]:
    """The account, and whether it was made just now: the same code may come twice at once."""
    language = get_language() or settings.LANGUAGE_CODE
    try:
        with transaction.atomic():
            if sms.is_number(address):
                return User.objects.create_user(None, phone=address, language=language), True
            return User.objects.create_user(address, language=language), True
    except IntegrityError:
        return User.objects.get(Q(phone=address) | Q(email__iexact=address)), False
