"""allauth's forms in our look: crispy layout, plain labels, errors beside the field in the language of the page."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url, passthrough_next_redirect_url, perform_login
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.codes import CodeField
from portal.accounts.models import User

EMAIL_LENGTH = 254  # what the database holds
PASSWORD_LENGTH = 200  # longer ones would only keep the hashing busy
PASSWORD_HELP = _("At least 8 characters, not one that many people use.")
EMAIL = {"type": "email", "inputmode": "email", "dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}


class InOurLook(forms.BaseForm):
    """Mixin of the account forms; their templates write the form tag, the token and the button."""

    labels: dict[str, Any] = {"email": _("E-mail address"), "login": _("E-mail address"), "password": _("Password")}
    helps: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.EmailField):
                _limit(field, EMAIL_LENGTH)
                field.widget.attrs |= EMAIL
            elif isinstance(field.widget, forms.PasswordInput):
                _limit(field, PASSWORD_LENGTH)
                field.widget.attrs["dir"] = "ltr"
        self.helper = plain_helper(*self.fields)


def plain_helper(*fields: str) -> FormHelper:
    """Crispy's helper for a form whose template writes everything around the fields."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*fields)
    return helper


def _limit(field: forms.Field, length: int) -> None:
    field.validators.append(MaxLengthValidator(length))
    field.widget.attrs["maxlength"] = length


class LoginForm(InOurLook, account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class SignupForm(InOurLook, account.SignupForm):
    """Sign-up; who already has an account, and types its password, is logged in to it."""

    labels = InOurLook.labels | {"password1": _("Choose a password")}
    helps = {"password1": PASSWORD_HELP}
    owner: User | None = None

    def validate_unique_email(self, value: str) -> str:
        try:
            email: str = super().validate_unique_email(value)
        except ValidationError:
            self.account_already_exists = True
            return value
        return email

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.account_already_exists:
            self.owner = self._owner()
            if self.owner is None:
                self.add_error("email", get_adapter().validation_error("email_taken"))
        return cleaned

    def _owner(self) -> User | None:
        """Whose account it is, if the password is theirs. Wrong ones count against the limit on log-ins."""
        password = self.cleaned_data.get("password1")
        if not password:
            return None
        owner: User | None = get_adapter().authenticate(
            context.request, email=self.cleaned_data["email"], password=password
        )
        return owner

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """(new user, None), or (None, the way on) for someone who has an account, even one made a moment ago."""
        if self.owner:
            messages.info(request, gettext("You already have an account: you are logged in to it."))
            return None, perform_login(request, self.owner, redirect_url=get_next_redirect_url(request))
        try:
            with transaction.atomic():
                saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
                return saved
        except IntegrityError:
            messages.info(request, gettext("Your account is there already: log in with the password you chose."))
            return None, redirect(passthrough_next_redirect_url(request, reverse("account_login"), "next"))


class AddEmailForm(InOurLook, account.AddEmailForm):
    pass


class ReauthenticateForm(InOurLook, account.ReauthenticateForm):
    pass


class ResetPasswordForm(InOurLook, account.ResetPasswordForm):
    pass


class _NewPassword(InOurLook):
    labels = {
        "oldpassword": _("Current password"),
        "password1": _("New password"),
        "password2": _("New password, once more"),
    }
    helps = {"password1": PASSWORD_HELP}


class ChangePasswordForm(_NewPassword, account.ChangePasswordForm):
    pass


class SetPasswordForm(_NewPassword, account.SetPasswordForm):
    pass


class ResetPasswordKeyForm(_NewPassword, account.ResetPasswordKeyForm):
    pass


class AuthenticateForm(InOurLook, mfa.AuthenticateForm):
    code = CodeField()


class SecondFactorAgainForm(InOurLook, mfa.ReauthenticateForm):
    code = CodeField()


class ActivateTOTPForm(InOurLook, totp.ActivateTOTPForm):
    code = CodeField()


class ProfileForm(forms.ModelForm):
    """What a person may say about themselves: a name, and the language the portal writes to them in."""

    language = forms.ChoiceField(label=_("Language of e-mails"), choices=settings.LANGUAGES)

    class Meta:
        model = User
        fields = ("display_name", "language")
        widgets = {"display_name": forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"})}
        help_texts = {"display_name": _("As it should stand in the portal. You may leave it empty.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(*self.fields)
