"""allauth's forms in our look: crispy layout, plain labels, errors beside the field in the language of the page."""

from typing import Any, cast

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from portal.accounts import entrance, passwords, sms
from portal.accounts.codes import CodeField
from portal.accounts.identity import provider

EMAIL_LENGTH = 254  # what the database holds
PASSWORD_LENGTH = 200  # longer ones would only keep the hashing busy
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
                field.widget.attrs |= {"dir": "ltr", "data-shows": _("Show the password")}
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


class AddressField(forms.CharField):
    """An e-mail address, or a mobile number where texts can be sent; cleaned, it is one or the other as it is kept."""

    def __init__(self) -> None:
        attrs = {"dir": "ltr", "autocapitalize": "none", "spellcheck": "false", "autocomplete": "username"}
        super().__init__(label=_("E-mail address or mobile number"), widget=forms.TextInput(attrs=attrs))
        _limit(self, EMAIL_LENGTH)

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value)).strip()
        if "@" in typed:
            validate_email(typed)
            return typed
        return as_number(typed)


class NumberField(forms.CharField):
    """A mobile number of the country, in any digits."""

    def __init__(self) -> None:
        attrs = {"type": "tel", "autocomplete": "tel", "dir": "ltr"}
        super().__init__(label=_("Mobile number"), widget=forms.TextInput(attrs=attrs))
        _limit(self, 40)

    def clean(self, value: Any) -> str:
        return as_number(str(super().clean(value)))


def as_number(typed: str) -> str:
    """The number as it is kept; raises ValidationError with what to do."""
    try:
        return sms.number_of(typed)
    except ValueError:
        raise ValidationError(_("This is no mobile number here. Look at the digits and type it again.")) from None


class NumberForm(InOurLook, forms.Form):
    number = NumberField()


class LoginForm(InOurLook, account.LoginForm):
    """An address and, for those who have one, a password; without a password a code goes to the address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sms.is_offered():
            self.fields["login"] = AddressField()
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].required = False
        if self.request:
            self.initial.setdefault("login", self.request.GET.get("email", ""))

    @property
    def identity_service(self) -> str:
        """What the nation's identity service is called, if there is one to log in with."""
        return provider.name() if provider.is_offered() else ""

    def clean(self) -> dict[str, Any]:
        self.by_password = bool(self.data.get("password"))
        if self.by_password:
            super().clean()
            return self.cleaned_data
        self.sent = self._asked() if not self.errors else None
        return self.cleaned_data

    def user_credentials(self) -> dict[str, Any]:
        """A number stands for the e-mail address of its owner, as a password belongs to that."""
        credentials: dict[str, Any] = super().user_credentials()
        owner = entrance.owner_of(self.cleaned_data["login"]) if sms.is_number(self.cleaned_data["login"]) else None
        return credentials | ({"email": owner.email} if owner and owner.email else {})

    def _asked(self) -> HttpResponse | None:
        return _code_asked(self, "login", self.request)

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        if self.by_password:
            response: HttpResponse = super().login(request, redirect_url=redirect_url)
            return response
        return cast("HttpResponse", self.sent)


class SignupForm(InOurLook, forms.Form):
    """An address only: the code that goes there makes the account. Who has one already is let in to it."""

    email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "email"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sms.is_offered():
            self.fields["email"] = AddressField()

    def clean(self) -> dict[str, Any]:
        self.sent = _code_asked(self, "email", context.request) if not self.errors else None
        return self.cleaned_data

    def try_save(self, request: HttpRequest) -> tuple[None, HttpResponse]:
        """As allauth asks: (no new user yet, the way on)."""
        return None, cast("HttpResponse", self.sent)


def _code_asked(form: forms.BaseForm, field: str, request: HttpRequest) -> HttpResponse | None:
    """The way to the page for the code; None with the reason beside the field when none can be sent."""
    try:
        return entrance.ask(request, form.cleaned_data[field])
    except ValidationError as error:
        form.add_error(field, error)
        return None


class CodeForm(InOurLook, forms.Form):
    code = CodeField()


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = passwords.help_for(getattr(self, "user", None))


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
