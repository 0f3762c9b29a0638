"""What log-in and sign-up do in this portal, told to allauth."""

from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, translate_url
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from portal.accounts import letters, log_ins, sessions
from portal.accounts.cookies import knows_language, remember_language
from portal.accounts.devices import device_named
from portal.accounts.entrance import owner_of
from portal.accounts.identity import people
from portal.accounts.models import User
from portal.accounts.profile import take_up_theme
from portal.accounts.returning import await_answer
from portal.accounts.rights import may
from quizzes.learners import adopt

# allauth's letters: which of ours, and what allauth calls the link in it.
LETTERS = {
    "account/email/email_confirmation": ("confirm_address", "activate_url"),
    "account/email/email_confirmation_signup": ("confirm_address", "activate_url"),
    "account/email/password_reset_key": ("reset_password", "password_reset_url"),
    "account/email/unknown_account": ("unknown_account", "signup_url"),
}

# Who has one of these permissions starts at that page; everybody else at what they learn.
STARTS = (("reports.view", "reports:home"), ("studio.open", "studio:home"))


def display_name(user: User) -> str:
    """What the portal calls a person: the name given, else the address or number they log in with."""
    return str(user)


class PortalAdapter(DefaultAccountAdapter):
    is_new = False
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account has been closed. Ask the people who run the portal to open it again."),
        "cannot_remove_primary_email": _("This is your main address. Make another one your main address first."),
        "duplicate_email": _("This address already belongs to your account."),
        "email_password_mismatch": _("The e-mail address or the password is not right. Look at both and try again."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _("This code is not right. Wait for the next one and type it in."),
        "incorrect_sent_code": _("This is not the code. Look at the newest message from us and type it in again."),
        "incorrect_password": _("This password is not right."),
        "invalid_password_reset": _("This link no longer works. Ask for a new one."),
        "max_email_addresses": _("An account can have at most %d e-mail addresses."),
        "not_sent": _("The code could not be sent just now. Try again in a few minutes."),
        "rate_limited": _("Too many attempts in a short time. Wait a few minutes, then try again."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again, or set a new password."),
        "unverified_primary_email": _("Confirm this address first: open the link that was sent to it."),
    }

    def login(self, request: HttpRequest, user: User) -> None:
        """What a guest has learned in this browser goes to the account, at sign-up as at log-in.

        Whose account is closed is not logged in, and asked first whether to keep it.
        """
        if user.is_closed:
            await_answer(request, user)
            return
        super().login(request, user)
        adopt(request, user)
        take_up_theme(request, user)
        sessions.begin(request, user)
        people.take_up(request, user)
        log_ins.logged_in(request, user)

    def logout(self, request: HttpRequest) -> None:
        log_ins.logged_out(request)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        log_ins.failed(request, owner_of(str(credentials.get("email") or "")), "password")

    def get_login_stages(self) -> list[str]:
        """allauth's, with our own second step."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "portal.accounts.second_step.SecondStep"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """allauth's ways to show that it is still them, in our words."""
        words = {
            "reauthenticate": gettext("With your password"),
            "mfa_reauthenticate": gettext("With a code from your authenticator app, or a recovery code"),
            "mfa_reauthenticate:webauthn": gettext("With your passkey"),
        }
        methods = super().get_reauthentication_methods(user)
        return [method | {"description": words.get(method["id"], method["description"])} for method in methods]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where the person's work begins, when they asked for no other page."""
        for permission, start in STARTS:
            if may(request.user, permission):
                return reverse(start)
        url: str = super().get_login_redirect_url(request)
        return url

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_profile")

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """From now on the bare address of the portal leads this browser to the person's language.

        A browser that does not know it yet goes on in it: to what was asked for, or to where the person starts.
        """
        if user.is_closed:
            return redirect("account_keep")
        wanted = kwargs.get("redirect_url") or get_next_redirect_url(request)
        language = (wanted and knows_language(request) and get_language()) or user.language
        if wanted:
            kwargs["redirect_url"] = translate_url(wanted, language)
        self.is_new = bool(kwargs.get("signup"))
        with override(language):
            response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_language(response, user)
        return response

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Who has just made an account is told that, and not also that they are logged in."""
        if not (self.is_new and message_template == "account/messages/logged_in.txt"):
            super().add_message(request, level, message_template, *args, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """One of our letters, in the language of the person written to; a mail server that is away stops nobody."""
        letter, link = LETTERS[template_prefix]
        user = context.get("user")
        language = user.language if isinstance(user, User) else None
        if not letters.send_now(letter, email, language, url=context[link]):
            messages.warning(self.request, gettext("The e-mail could not be sent just now. Ask for it again later."))


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": _("An account with a second factor keeps its addresses: switch it off to add one."),
        "cannot_delete_authenticator": _("The second factor cannot be switched off."),
        "cannot_generate_recovery_codes": _("Set up an authenticator app first."),
        "incorrect_code": _("This code is not right. Wait for the next one and type it in."),
        "unknown_passkey": _("This passkey did not work here. Try again, or log in another way."),
        "unverified_email": _("Confirm your e-mail address first: open the link that was sent to it."),
    }

    def get_totp_issuer(self) -> str:
        """The name under which an authenticator app lists the account."""
        return gettext("Civil Defense Portal")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The portal as the device's list of passkeys names it."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": gettext("Civil Defense Portal")}

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 - allauth's word
        """A passkey is first called after the device it was made on."""
        return device_named(context.request.headers.get("User-Agent", ""))

    def build_totp_svg(self, url: str) -> str:
        """The key as a QR code: dark on white, so that a phone reads it in night mode too."""
        return qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode")
