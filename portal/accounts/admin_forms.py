from typing import Any

from django import forms
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import RoleGrant, User


class PeriodForm(forms.ModelForm):
    """A row that holds from one day to another."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("from_day"), cleaned.get("to_day")
        if begins and ends and ends < begins:
            self.add_error("to_day", _("This is before the first day."))
        return cleaned


class GrantForm(PeriodForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("role") == RoleGrant.Role.MANAGER and not cleaned.get("organisation"):
            self.add_error("organisation", _("Say which organisation this person manages."))
        if cleaned.get("organisation") and cleaned.get("region"):
            self.add_error("region", _("A role is over an organisation or a region, not both."))
        return cleaned


class NewUserForm(AdminUserCreationForm):
    usable_password = forms.ChoiceField(
        label=_("Logs in with a password"),
        required=False,
        initial="true",
        choices={"true": _("Yes"), "false": _("No")},
        widget=forms.RadioSelect(attrs={"class": "radiolist inline"}),
        help_text=_("Without one the person logs in with a code from an e-mail."),
    )

    class Meta:
        model = User
        fields = ("email",)


class UserForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"
        field_classes: dict[str, type[forms.Field]] = {}
