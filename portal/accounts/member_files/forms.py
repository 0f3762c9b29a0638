from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms import plain_helper

MOST_BYTES = 30_000_000


class MemberFileForm(forms.Form):
    """A table of people; it is only looked at first."""

    file = forms.FileField(
        label=_("Table of members (CSV)"),
        max_length=200,
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
        help_text=_("Up to 200,000 people. It is only looked at first: you see what it would do, and then decide."),
        error_messages={
            "required": _("Choose a file."),
            "missing": _("Choose a file."),
            "empty": _("This file is empty. Choose another one."),
        },
    )
    writes = forms.BooleanField(
        label=_("Write to the people whose accounts are made"),
        required=False,
        help_text=_("They are told how to log in. Large numbers of letters take a while."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(*self.fields)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(gettext("This file is too large. Divide it into several."))
        return file
