from typing import Any

from django import forms
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from portal.studio.languages import direction, language_name, written_languages

LONGEST = 400


class SuspensionForm(forms.Form):
    """Which languages are taken out of view, and what readers of each language are told."""

    language = forms.ChoiceField(label=_("What readers shall not get for now"), required=False)

    def __init__(self, data: Any = None, *, languages: list[str]) -> None:
        super().__init__(data)
        only = gettext("%(language)s alone")
        shown: Any = self.fields["language"]
        shown.choices = [
            ("", gettext("The lesson in every language")),
            *((code, only % {"language": language_name(code)}) for code in languages),
        ]
        for code in written_languages():
            self.fields[f"reason_{code}"] = _reason(code)

    @property
    def reasons(self) -> dict[str, str]:
        """By language, of a valid form."""
        return {code: self.cleaned_data[f"reason_{code}"] for code in written_languages()}

    @property
    def reason_fields(self) -> list[forms.BoundField]:
        return [self[f"reason_{code}"] for code in written_languages()]


def _reason(code: str) -> forms.CharField:
    with override(code):
        usual = gettext("It is being corrected. Please come back in a few days.")
    return forms.CharField(
        label=gettext("What readers are told · %(language)s") % {"language": language_name(code)},
        max_length=LONGEST,
        initial=usual,
        widget=forms.Textarea({"rows": 2, "lang": code, "dir": direction(code)}),
        error_messages={"required": gettext("Tell readers why, in one sentence.")},
    )
