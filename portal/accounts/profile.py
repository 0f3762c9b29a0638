from typing import Any, cast

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lessons.words import reader_language
from portal.accounts.forms import plain_helper
from portal.accounts.models import User
from portal.accounts.residences import move, region_choices, residence_of


class ProfileForm(forms.ModelForm):
    """What a person may say about themselves: a name, a language, and the region they live in."""

    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, help_text=_("Of the portal, and of the e-mails it sends you.")
    )
    theme = forms.ChoiceField(
        label=_("Appearance"), choices=User.Theme.choices, required=False, help_text=_("On every device you log in on.")
    )
    region = forms.TypedChoiceField(
        label=_("Region"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Where you live. It counts in the figures of the region; you need not say."),
    )

    class Meta:
        model = User
        fields = ("display_name", "language", "theme")
        widgets = {"display_name": forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"})}
        help_texts = {"display_name": _("As it should stand in the portal. You may leave it empty.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["region"]).choices = [
            ("", _("I prefer not to say")),
            *region_choices(reader_language()),
        ]
        now = residence_of(self.instance, timezone.localdate())
        self.initial.setdefault("region", now.region_id if now else "")
        self.helper = plain_helper(*self.fields)

    def clean_theme(self) -> str:
        """One that is not said stays as it was."""
        return self.cleaned_data["theme"] or self.instance.theme

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit)
        move(user, self.cleaned_data["region"], timezone.localdate())
        return user


CHOSEN_LATE = "theme_chosen_late"


class ThemeForm(forms.ModelForm):
    """The choice of theme in the footer of every page."""

    class Meta:
        model = User
        fields = ("theme",)


def keep_until_log_in(request: HttpRequest, theme: str) -> None:
    """A theme chosen on a page that was open when the session ended."""
    request.session[CHOSEN_LATE] = theme


def take_up_theme(request: HttpRequest, user: User) -> None:
    """The theme that was chosen just before this log-in becomes the person's."""
    if theme := request.session.pop(CHOSEN_LATE, ""):
        user.theme = theme
        user.save(update_fields=["theme"])
