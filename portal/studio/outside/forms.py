from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.studio.languages import language_name
from portal.studio.outside.invitations import DAYS
from portal.studio.outside.signing import Signature

LONGEST_REMARK = 4000


class InvitationForm(forms.Form):
    """For whom a link is, in which language and for how long."""

    name = forms.CharField(
        label=_("Name of the expert"),
        required=False,
        max_length=120,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"), required=False, widget=forms.EmailInput({"dir": "ltr", "autocomplete": "off"})
    )
    language = forms.ChoiceField(label=_("Language in which they read"))
    days = forms.TypedChoiceField(
        label=_("The link opens for"),
        coerce=int,
        initial=7,
        choices=[(DAYS[0], _("one day")), (DAYS[1], _("a week")), (DAYS[2], _("thirty days"))],
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, prefix="invitation", **more)
        languages: Any = self.fields["language"]
        languages.choices = [(code, language_name(code)) for code, _name in settings.LANGUAGES]


class RemarkForm(forms.Form):
    """What is said beside a paragraph or a question."""

    place = forms.CharField(widget=forms.HiddenInput, max_length=60)
    text = forms.CharField(
        label=_("What should be different here, and why"),
        max_length=LONGEST_REMARK,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Write what you want to say first.")},
    )


class SignatureForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "name"}),
        error_messages={"required": _("Write your name, as readers are to see it.")},
    )
    title = forms.CharField(
        label=_("Your profession or title"),
        max_length=90,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "organization-title"}),
        error_messages={"required": _("Write your profession or title, so that readers know who vouches for it.")},
    )
    organisation = forms.CharField(
        label=_("Where you work"),
        required=False,
        max_length=90,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "organization"}),
    )
    sure = forms.BooleanField(
        label=_("I have read all of it, and to my knowledge it is right."),
        error_messages={"required": _("Say first that you have read all of it.")},
    )

    @property
    def signature(self) -> Signature:
        said = self.cleaned_data
        return Signature(said["name"], said["title"], said["organisation"])
