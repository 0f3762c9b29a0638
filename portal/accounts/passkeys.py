"""Passkeys: adding one, and what is said when one does not work. The ceremony is in static/js/passkeys.js."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms import InOurLook
from portal.accounts.second_factor import needs_second_step

NAME_LENGTH = 60
NOT_OURS = (AttributeError, KeyError, TypeError, ValueError)  # what reading a made-up credential ends in


class _Named(InOurLook):
    labels = {"name": _("Name of the passkey")}
    helps = {"name": _("So that you know it again, such as the name of the device.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["name"]
        name.validators.append(MaxLengthValidator(NAME_LENGTH))
        name.widget.attrs |= {"maxlength": NAME_LENGTH, "dir": "auto", "autocomplete": "off"}


class AddPasskeyForm(_Named, webauthn.AddWebAuthnForm):
    passwordless = None

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean() or {}
        except (ValidationError, *NOT_OURS):
            raise get_adapter().validation_error("unknown_passkey") from None
        if not cleaned.get("credential"):
            raise get_adapter().validation_error("unknown_passkey")
        return cleaned


class RenamePasskeyForm(_Named, webauthn.EditWebAuthnForm):
    pass


class _Proof(forms.BaseForm):
    """A passkey used; whatever is wrong with it is said in words that fit a passkey."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except ValidationError as error:
            if error.code != "incorrect_code":
                raise
            raise get_adapter().validation_error("unknown_passkey") from None
        except NOT_OURS:
            raise get_adapter().validation_error("unknown_passkey") from None


class LoginForm(_Proof, webauthn.LoginWebAuthnForm):
    pass


class SecondStepForm(_Proof, webauthn.AuthenticateWebAuthnForm):
    pass


class ReauthenticateForm(_Proof, webauthn.ReauthenticateWebAuthnForm):
    pass


class AddPasskey(AddWebAuthnView):
    """A passkey that the device keeps, and for which it asks for a finger, a face or a PIN."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"js_data": {"creation_options": auth.begin_registration(self.request.user, True)}}

    def get_success_url(self) -> str:
        """Recovery codes are shown to those whom a lost passkey would keep out."""
        shows_codes = self.did_generate_recovery_codes and needs_second_step(self.request.user)
        return reverse("mfa_view_recovery_codes" if shows_codes else "mfa_list_webauthn")


add = AddPasskey.as_view()
